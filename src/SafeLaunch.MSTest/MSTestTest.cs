namespace SafeLaunch;

/// <summary>A test that MSTest runs.</summary>
internal sealed class MSTestTest(TestContext context) : RunningTest
{
    // The version of MSTest in the template does not say which test runs.
    private static readonly AsyncLocal<MSTestTest?> OfFlow = new();

    private volatile bool isOver;

    public static MSTestTest? Current
    {
        get => OfFlow.Value;
        set => OfFlow.Value = value;
    }

    public override string Id { get; } = Guid.NewGuid().ToString("N");

    public override bool IsOver => this.isOver;

    public override bool TryWriteLine(string line)
    {
        if (this.isOver)
        {
            return false;
        }

        context.WriteLine(line);
        return true;
    }

    public override void Attach(string path, string description) => context.AddResultFile(path);

    public async Task FinishAsync(bool failed)
    {
        await this.EndAsync(failed).ConfigureAwait(false);
        this.isOver = true;
    }
}
