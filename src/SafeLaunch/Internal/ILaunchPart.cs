namespace SafeLaunch.Internal;

/// <summary>What another package of SafeLaunch keeps with the options, and with each launch of them.</summary>
internal interface ILaunchPart
{
    /// <summary>The part of a copy of its options. Later changes of one part do not reach the other.</summary>
    /// <param name="options">The copy of its options.</param>
    ILaunchPart CopyFor(LaunchOptions options);
}
