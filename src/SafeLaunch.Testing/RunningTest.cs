using SafeLaunch.Frameworks;

namespace SafeLaunch;

/// <summary>A test that runs, as a framework shows it. The package for a framework derives from this. Safe from any thread.</summary>
public abstract class RunningTest
{
    /// <summary>Gets the id: letters, digits and hyphens, different from that of each other test of the process.</summary>
    public abstract string Id { get; }

    /// <summary>Gets whether the framework has taken the output of the test already, so that later lines would be lost.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Gets whether this is a single test, whose end the framework reports; false for the set-up or tear-down of several tests.</summary>
    public virtual bool IsSingleTest => true;

    /// <summary>Gets whether the framework prints <see cref="Exception.Data"/> with the message of an exception. False by default.</summary>
    public virtual bool ShowsExceptionData => false;

    /// <summary>Finds the test in whose flow the caller is.</summary>
    /// <returns>The test; null outside of all tests.</returns>
    public static RunningTest? FindCurrent() => TestFrameworks.FindCurrentTest();

    /// <summary>Adds a line to the output of the test.</summary>
    /// <param name="line">The line, or several.</param>
    /// <returns>False if the framework has taken the output already.</returns>
    public abstract bool TryWriteLine(string line);

    /// <summary>Attaches a file to the result of the test, in whose flow this is called. Frameworks that cannot do that write its path to the output.</summary>
    /// <param name="path">The full path of the file, which stays where it is.</param>
    /// <param name="description">Describes the file in a few words.</param>
    public abstract void Attach(string path, string description);

    /// <summary>
    /// Does what the end of the test asks for: shows what explains a failure, and stops the servers of the test. An adapter calls this in the flow
    /// of the test, once its result is known and before its output is taken. Only the first call does anything.
    /// </summary>
    /// <param name="failed">Whether the test has failed.</param>
    /// <returns>A task that ends with the last of these actions, and never fails: an error of theirs is written to the output of the test.</returns>
    public Task EndAsync(bool failed) => TestEnds.RunAsync(this, failed);

    /// <summary>Does the same as <see cref="EndAsync"/>, and blocks until that is done.</summary>
    /// <param name="failed">Whether the test has failed.</param>
    public void End(bool failed) => Task.Run(() => this.EndAsync(failed)).GetAwaiter().GetResult();

    /// <summary>Adds an action for the end of the test. The latest action comes first.</summary>
    /// <param name="action">Gets whether the test has failed.</param>
    internal void AtEnd(Func<bool, Task> action) => TestEnds.Add(this, action);
}
