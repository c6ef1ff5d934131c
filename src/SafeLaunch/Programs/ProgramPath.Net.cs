#if NET
using System.Diagnostics.CodeAnalysis;

namespace SafeLaunch.Programs;

/// <content>Reads the file.</content>
internal static partial class ProgramPath
{
    /// <summary>Checks a program before any of its code is loaded.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">It is no program that this process can load.</exception>
    /// <exception cref="PlatformNotSupportedException">This process lacks something that the program needs.</exception>
    [RequiresUnreferencedCode("A program that is loaded from a file may need code that trimming has removed.")]
    public static IProgram Read(string path, string parameter)
    {
        if (NativeCode.IsRunning)
        {
            throw new PlatformNotSupportedException($"This process is native code and cannot load the program '{path}'. {ProcessRemedy}");
        }

        var file = Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"There is no program '{file}'. Build or publish it, and pass the path of its .dll.", file);
        }

        var header = ProgramHeader.Read(file, parameter);
        ProgramFrameworks.ThrowIfMissing(file);
        return new ProgramFile(file, header);
    }

    /// <summary>What helps a program that this process cannot run.</summary>
    public const string ProcessRemedy = "Launch the program in a separate process with ChildProcess.ForProgram, of SafeLaunch.Processes.";
}
#endif
