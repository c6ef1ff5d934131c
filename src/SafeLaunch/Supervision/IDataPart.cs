namespace SafeLaunch.Supervision;

/// <summary>What another package of SafeLaunch keeps with the options, where it is data that another process can be given.</summary>
internal interface IDataPart
{
    IReadOnlyDictionary<string, string> ToData();
}
