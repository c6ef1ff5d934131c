namespace SafeLaunch.Supervision;

/// <summary>The parts of a launch that its stop had to leave behind.</summary>
internal sealed class StopRemains
{
    /// <summary>Launched code is still on the launch thread.</summary>
    public bool IsThreadStuck { get; set; }

    /// <summary>The task of the delegate has not ended.</summary>
    public bool IsDelegateLeft { get; set; }

    public bool IsLaunchHostLeft { get; set; }

    /// <summary>An address that still answers; null for none.</summary>
    public Uri? Address { get; set; }

    public bool IsAnything => this.IsThreadStuck || this.IsDelegateLeft || this.IsLaunchHostLeft || this.Address is not null;
}
