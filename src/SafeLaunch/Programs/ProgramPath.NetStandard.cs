#if !NET
namespace SafeLaunch.Programs;

/// <content>.NET Standard has no load contexts.</content>
internal static partial class ProgramPath
{
    public static IProgram Read(string path, string parameter)
    {
        _ = parameter;
        throw new PlatformNotSupportedException($"'{path}' is the path of a program, and its own load context needs .NET 10. Load the assembly and pass it to Launcher.ForProgram, or launch the program in a separate process with ChildProcess.ForProgram, of SafeLaunch.Processes.");
    }
}
#endif
