namespace SafeLaunch.Guarding;

/// <summary>Whether the options of a launch ask for a guard, and for which one. A change makes new settings.</summary>
internal sealed record GuardSettings
{
    /// <summary>What the guard lets in. No caller has this object.</summary>
    public AccessGuardOptions Options { get; private init; } = new();

    /// <summary>Whether there is to be a guard; null where the options do not say it.</summary>
    public bool? IsWanted { get; init; }

    /// <summary>Made when a launch needs it. All launches of one launcher have the same.</summary>
    public Lazy<AccessToken> Token { get; init; } = new(() => new());

    /// <exception cref="ArgumentException">The result would not be valid.</exception>
    public GuardSettings Configured(Action<AccessGuardOptions>? configure)
    {
        var configured = this.Options.Copy();
        configure?.Invoke(configured);

        // The delegate may keep its argument and change it later.
        var copy = configured.Copy();
        AccessGuardCheck.ThrowIfInvalid(copy);
        return this with { Options = copy, IsWanted = true };
    }
}
