namespace SafeLaunch.Supervision;

/// <summary>Data of another package of SafeLaunch that a new launch takes over from the launch before it.</summary>
internal interface IHandedOnPart
{
    /// <summary>Takes the data over. To be called before the new launch starts.</summary>
    void TakeFrom(ILaunch earlier);
}
