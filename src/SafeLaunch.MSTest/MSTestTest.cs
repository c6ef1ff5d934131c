namespace SafeLaunch;

/// <summary>A test that MSTest runs.</summary>
internal sealed class MSTestTest(TestContext context) : RunningTest
{
    public override void Attach(string path, string description) => context.AddResultFile(path);

    protected override void WriteLine(string line) => context.WriteLine(line);
}
