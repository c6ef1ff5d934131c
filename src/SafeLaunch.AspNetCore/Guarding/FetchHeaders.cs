namespace SafeLaunch.Guarding;

/// <summary>The headers by which a browser says where a request comes from and what it is for. A page cannot set them.</summary>
internal static class FetchHeaders
{
    public const string Site = "Sec-Fetch-Site";
    public const string Mode = "Sec-Fetch-Mode";
    public const string Destination = "Sec-Fetch-Dest";
}
