namespace SafeLaunch.Legacy;

/// <summary>Says once that a legacy web host was built.</summary>
internal sealed class LegacyAnnouncement
{
    private int isMade;

    public void Make(IServiceProvider services)
    {
        if (Interlocked.Exchange(ref this.isMade, 1) == 0)
        {
            LegacyHosting.Raise("HostBuilt", new LegacyHost(services));
        }
    }
}
