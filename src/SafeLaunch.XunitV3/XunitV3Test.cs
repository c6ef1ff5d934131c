using Microsoft.AspNetCore.StaticFiles;
using Xunit;

namespace SafeLaunch;

/// <summary>A test that xUnit (version 3) runs.</summary>
internal sealed class XunitV3Test(ITestContext context, ITestOutputHelper output) : RunningTest
{
    private static readonly FileExtensionContentTypeProvider MediaTypes = new();

    public override string Id => context.Test!.UniqueID;

    public override bool IsOver
    {
        get
        {
            try
            {
                output.Write("");
                return false;
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }
    }

    public static new XunitV3Test? FindCurrent() =>
        TestContext.Current is { Test: not null, TestOutputHelper: { } output } context ? new(context, output) : null;

    public override void Attach(string path, string description)
    {
        var mediaType = MediaTypes.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        context.AddAttachment(Path.GetFileName(path), File.ReadAllBytes(path), replaceExistingValue: true, mediaType);
    }

    protected override void WriteLine(string line) => output.WriteLine(line);
}
