namespace SafeLaunch.Wire;

/// <summary>A whole program and its options.</summary>
internal sealed record ProgramReference
{
    /// <summary>The name of its assembly; null for the program that the process was started with.</summary>
    public string? Assembly { get; init; }

    /// <summary>The file of its assembly.</summary>
    public required string Path { get; init; }

    public required string[] Args { get; init; }

    public string? Environment { get; init; }

    public string? ContentRoot { get; init; }

    public required bool PassHostArguments { get; init; }

    public required bool SetEntryAssembly { get; init; }

    public static ProgramReference Read(DataReader data) => new()
    {
        Assembly = data.ReadOptionalText(),
        Path = data.ReadText(),
        Args = data.ReadTexts(),
        Environment = data.ReadOptionalText(),
        ContentRoot = data.ReadOptionalText(),
        PassHostArguments = data.ReadBoolean(),
        SetEntryAssembly = data.ReadBoolean(),
    };

    public void Write(DataWriter data)
    {
        data.Write(this.Assembly);
        data.Write(this.Path);
        data.Write(this.Args);
        data.Write(this.Environment);
        data.Write(this.ContentRoot);
        data.Write(this.PassHostArguments);
        data.Write(this.SetEntryAssembly);
    }
}
