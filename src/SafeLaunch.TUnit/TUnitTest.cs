namespace SafeLaunch;

/// <summary>A test that TUnit runs.</summary>
internal sealed class TUnitTest(TestContext context) : RunningTest
{
    private const string Over = "SafeLaunch.Over";

    public override string Id => context.Id;

    /// <summary>A test that is tried again keeps its context, and is over when its last attempt is.</summary>
    public override bool IsOver => context.StateBag.Items.TryGetValue(Over, out var attempt) && Equals(attempt, context.Execution.CurrentRetryAttempt);

    public override bool TryWriteLine(string line)
    {
        if (this.IsOver)
        {
            return false;
        }

        context.Output.WriteLine(line);
        return true;
    }

    public async ValueTask FinishAsync(bool failed)
    {
        await this.EndAsync(failed).ConfigureAwait(false);
        context.StateBag.Items[Over] = context.Execution.CurrentRetryAttempt;
    }

    public override void Attach(string path, string description) => context.Output.AttachArtifact(path, Path.GetFileName(path), description);
}
