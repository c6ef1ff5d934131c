namespace SafeLaunch.Running;

/// <summary>One launch whose work is done by another process.</summary>
internal interface IProcessRun
{
    /// <summary>The delegate of the launch: starts the process, and ends when nothing is left of it.</summary>
    Task RunAsync(LaunchContext context);

    /// <summary>The step of the stop that ends the process, in the end by killing it. Called once the delegate has begun.</summary>
    /// <param name="timeIsOver">Cancelled when a caller ends the grace.</param>
    Task StopAsync(CancellationToken timeIsOver);
}
