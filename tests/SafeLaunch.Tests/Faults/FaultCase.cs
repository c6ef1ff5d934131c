namespace SafeLaunch.Tests.Faults;

/// <summary>One row of the matrix: a step, a fault in it, and the expected result.</summary>
internal sealed record FaultCase(string Step, Action<FaultScene> Arrange, FaultExpectation Expectation)
{
    /// <summary>Short, and long enough for what does not hang to end meanwhile.</summary>
    private static readonly TimeSpan ShortStop = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(5);

    private bool Hangs => this.Expectation.Fault is not (Fault.Throws or Fault.Cancels);

    public async Task<FaultReport> RunAsync()
    {
        // On a busy machine a time-out may come before the step, and then it says nothing of it.
        for (var startTimeout = TimeSpan.FromMilliseconds(500); ; startTimeout += startTimeout)
        {
            using var scene = new FaultScene(this.Expectation.Fault);
            var report = await this.RunAsync(scene, startTimeout);
            var isOfTheStep = report.WasStruck && this.Expectation.Finding.Matches(report.StartError, scene.Error);
            if (!this.Expectation.IsStartTimeOut || isOfTheStep || startTimeout > LongestStart)
            {
                return report;
            }
        }
    }

    public override string ToString() => $"{this.Step}: {this.Expectation.Fault}";

    private async Task<FaultReport> RunAsync(FaultScene scene, TimeSpan startTimeout)
    {
        this.Arrange(scene);
        if (this.Hangs)
        {
            scene.Configure(options => options.StopTimeout = ShortStop);
        }

        if (this.Expectation.IsStartTimeOut)
        {
            scene.Configure(options => options.StartTimeout = startTimeout);
        }

        var (startError, outcome) = await scene.PlayAsync(this.Expectation.EndsByItself);
        var left = await scene.WhatIsLeftAsync(this.Expectation.Left);
        scene.Open();
        return new(scene.Struck.IsCompleted, startError, outcome, scene.Error, left, await scene.WhatIsLeftAsync(Left.Nothing));
    }
}
