namespace SafeLaunch.Supervision;

/// <summary>What another package of SafeLaunch keeps with the options, where it outlives a launch that is started anew with other options.</summary>
internal interface IHandedOnPart
{
    /// <summary>Takes from an earlier launch what its users still have. To be called before the start.</summary>
    void TakeFrom(ILaunch earlier);
}
