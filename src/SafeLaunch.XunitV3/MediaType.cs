namespace SafeLaunch;

/// <summary>The media types of the files that SafeLaunch attaches.</summary>
internal static class MediaType
{
    public static string Of(string path) => Path.GetExtension(path) switch
    {
        ".png" => "image/png",
        ".zip" => "application/zip",
        ".txt" or ".log" => "text/plain",
        _ => "application/octet-stream",
    };
}
