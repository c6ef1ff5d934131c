namespace SafeLaunch.Hosting;

/// <summary>How far the start of an app host has come. It only goes forward.</summary>
internal enum HostStart
{
    None,
    Begun,
    Failed,
    Succeeded,
}
