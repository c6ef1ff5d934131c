namespace SafeLaunch.Programs;

/// <summary>A whole program that can be launched, and the facts of it that are needed before its code is loaded.</summary>
internal interface IProgram
{
    /// <summary>The simple name of its assembly.</summary>
    string Name { get; }

    /// <summary>The path of its assembly; empty for a program that has no file, since it lies in that of the process.</summary>
    string Location { get; }

    /// <summary>The version of the module that its entry point is in.</summary>
    Guid Module { get; }

    /// <summary>The metadata token of its entry point.</summary>
    int EntryPoint { get; }

    /// <summary>Gives its code to one launch.</summary>
    /// <exception cref="Exception">The code cannot be loaded.</exception>
    ILoadedProgram Load();
}
