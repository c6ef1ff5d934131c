namespace SafeLaunch.Wire;

/// <summary>The launch that a child process is to run, and its options as data.</summary>
internal sealed record Order : Message
{
    public required string Name { get; init; }

    public required TimeSpan StartTimeout { get; init; }

    public required TimeSpan StopTimeout { get; init; }

    public TimeSpan? InterruptAfter { get; init; }

    public required BlockingWaitBehavior BlockingWaits { get; init; }

    public required TimeSpan UnservedWorkTimeout { get; init; }

    public required UnhandledExceptionBehavior UnhandledExceptions { get; init; }

    public required bool RouteConsoleInput { get; init; }

    public required Dictionary<string, string?> Configuration { get; init; }

    /// <summary>The lowest level of the log of the launch that loggers of the parent read; null where it has no loggers.</summary>
    public int? LogLevel { get; init; }

    /// <summary>Whether the parent keeps the latest lines of the log, also without loggers.</summary>
    public bool KeepLogLines { get; init; }

    /// <summary>The settings of <c>SafeLaunch.AspNetCore</c>; null where its options were not used.</summary>
    public Dictionary<string, string?>? Web { get; init; }

    /// <summary>The static method to launch; null for a program.</summary>
    public MethodReference? Method { get; init; }

    /// <summary>The program to launch; null for a method.</summary>
    public ProgramReference? Program { get; init; }

    /// <summary>Static methods that change the options in the child.</summary>
    public required MethodReference[] Configure { get; init; }

    /// <summary>The addresses of an earlier run that this one is to have again where it can.</summary>
    public string[] EarlierAddresses { get; init; } = [];

    public override MessageKind Kind => MessageKind.Order;

    public static Order Read(DataReader data) => new()
    {
        Name = data.ReadText(),
        StartTimeout = data.ReadTime(),
        StopTimeout = data.ReadTime(),
        InterruptAfter = data.ReadBoolean() ? data.ReadTime() : null,
        BlockingWaits = (BlockingWaitBehavior)data.ReadInt(),
        UnservedWorkTimeout = data.ReadTime(),
        UnhandledExceptions = (UnhandledExceptionBehavior)data.ReadInt(),
        RouteConsoleInput = data.ReadBoolean(),
        Configuration = data.ReadDictionary() ?? throw new InvalidDataException("The configuration is missing."),
        LogLevel = data.ReadBoolean() ? data.ReadInt() : null,
        KeepLogLines = data.ReadBoolean(),
        Web = data.ReadDictionary(),
        Method = data.ReadBoolean() ? MethodReference.Read(data) : null,
        Program = data.ReadBoolean() ? ProgramReference.Read(data) : null,
        Configure = ReadMethods(data),
        EarlierAddresses = data.ReadTexts(),
    };

    public override void Write(DataWriter data)
    {
        data.Write(this.Name);
        data.Write(this.StartTimeout);
        data.Write(this.StopTimeout);
        if (data.IsThere(this.InterruptAfter))
        {
            data.Write(this.InterruptAfter!.Value);
        }

        data.Write((int)this.BlockingWaits);
        data.Write(this.UnservedWorkTimeout);
        data.Write((int)this.UnhandledExceptions);
        data.Write(this.RouteConsoleInput);
        data.Write(this.Configuration);
        if (data.IsThere(this.LogLevel))
        {
            data.Write(this.LogLevel!.Value);
        }

        data.Write(this.KeepLogLines);
        data.Write(this.Web);
        if (data.IsThere(this.Method))
        {
            this.Method!.Write(data);
        }

        if (data.IsThere(this.Program))
        {
            this.Program!.Write(data);
        }

        data.Write(this.Configure.Length);
        foreach (var method in this.Configure)
        {
            method.Write(data);
        }

        data.Write(this.EarlierAddresses);
    }

    private static MethodReference[] ReadMethods(DataReader data)
    {
        var methods = new MethodReference[data.ReadCount()];
        for (var i = 0; i < methods.Length; i++)
        {
            methods[i] = MethodReference.Read(data);
        }

        return methods;
    }
}
