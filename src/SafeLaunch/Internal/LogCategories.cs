namespace SafeLaunch.Internal;

/// <summary>The categories of what SafeLaunch itself logs. Filters of users name them.</summary>
internal static class LogCategories
{
    /// <summary>The log of a launch, in whichever process and by whichever package it is written.</summary>
    public const string Launch = "SafeLaunch.Launcher";
}
