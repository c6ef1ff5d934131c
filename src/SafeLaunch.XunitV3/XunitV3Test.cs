using Xunit;

namespace SafeLaunch;

/// <summary>A test that xUnit (version 3) runs.</summary>
internal sealed class XunitV3Test : RunningTest
{
    private readonly ITestContext context;
    private readonly ITestOutputHelper output;

    private XunitV3Test(ITestContext context, ITestOutputHelper output)
    {
        this.context = context;
        this.output = output;
    }

    public override string Id => this.context.Test!.UniqueID;

    public override bool IsOver => !this.TryUse(static output => _ = output.Output);

    public static new XunitV3Test? FindCurrent() =>
        TestContext.Current is { Test: not null, TestOutputHelper: { } output } context ? new(context, output) : null;

    public override bool TryWriteLine(string line) => this.TryUse(output => output.WriteLine(line));

    public override void Attach(string path, string description) =>
        this.context.AddAttachment(Path.GetFileName(path), File.ReadAllBytes(path), replaceExistingValue: true, MediaType.Of(path));

    private bool TryUse(Action<ITestOutputHelper> use)
    {
        try
        {
            use(this.output);
            return true;
        }
        catch (ArgumentException)
        {
            // The output of a test that is over.
            return false;
        }
        catch (InvalidOperationException)
        {
            // The same, in other versions.
            return false;
        }
    }
}
