using SafeLaunch.Frameworks;

namespace SafeLaunch;

/// <summary>A test that runs, as a framework shows it. The package for a framework derives from this. Safe from any thread.</summary>
public abstract class RunningTest
{
    private static readonly AsyncLocal<RunningTest?> OfFlow = new();

    private readonly object gate = new();
    private volatile bool hasEnded;

    /// <summary>
    /// Gets the id: letters, digits and hyphens, different from that of each other test of the process. By default each object has another, so
    /// a framework that has several objects for one test overrides this.
    /// </summary>
    public virtual string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>
    /// Gets whether the framework has taken the output of the test already, so that later lines would be lost. By default true once
    /// <see cref="EndAsync"/> of this object has ended.
    /// </summary>
    public virtual bool IsOver => this.hasEnded;

    /// <summary>Gets whether this is a single test, whose end the framework reports; false for the set-up or tear-down of several tests.</summary>
    public virtual bool IsSingleTest => true;

    /// <summary>Gets whether the framework prints <see cref="Exception.Data"/> with the message of an exception. False by default.</summary>
    public virtual bool ShowsExceptionData => false;

    /// <summary>Gets the test that has begun in the caller's flow by <see cref="Begin"/>.</summary>
    internal static RunningTest? BegunInFlow => OfFlow.Value;

    /// <summary>Finds the test in whose flow the caller is.</summary>
    /// <returns>The test; null outside of all tests.</returns>
    public static RunningTest? FindCurrent() => TestFrameworks.FindCurrentTest();

    /// <summary>
    /// Makes this the test of the caller's flow, for a framework that does not say which test runs. An adapter calls this in the flow of the test, and does not
    /// override <see cref="TestFrameworkAdapterAttribute.FindCurrentTest"/>.
    /// </summary>
    public void Begin() => OfFlow.Value = this;

    /// <summary>Adds a line to the output of the test.</summary>
    /// <param name="line">The line, or several.</param>
    /// <returns>False if the framework has taken the output already.</returns>
    public bool TryWriteLine(string line)
    {
        lock (this.gate)
        {
            if (this.IsOver)
            {
                return false;
            }

            try
            {
                this.WriteLine(line);
                return true;
            }
            catch (InvalidOperationException)
            {
                // The test has ended meanwhile.
                return false;
            }
        }
    }

    /// <summary>
    /// Attaches a file to the result of the test, in whose flow this is called. By default writes its path to the output, for frameworks
    /// without attachments.
    /// </summary>
    /// <param name="path">The full path of the file, which stays where it is.</param>
    /// <param name="description">Describes the file in a few words.</param>
    public virtual void Attach(string path, string description) => this.TryWriteLine($"{description}: {path}");

    /// <summary>
    /// Does what the end of the test asks for: shows what explains a failure, and stops the servers of the test. An adapter calls this in the flow
    /// of the test, once its result is known and before its output is taken. Only the first call does anything.
    /// </summary>
    /// <param name="failed">Whether the test has failed.</param>
    /// <returns>A task that ends with the last of these actions. Any other error of theirs is written to the output of the test.</returns>
    /// <exception cref="LaunchException">A server of the test crashed or was abandoned. An adapter makes the test fail with it.</exception>
    public async Task EndAsync(bool failed)
    {
        try
        {
            await TestEnds.RunAsync(this, failed).ConfigureAwait(false);
        }
        finally
        {
            lock (this.gate)
            {
                this.hasEnded = true;
            }
        }
    }

    /// <summary>Does the same as <see cref="EndAsync"/>, and blocks until that is done.</summary>
    /// <param name="failed">Whether the test has failed.</param>
    /// <exception cref="LaunchException">As for <see cref="EndAsync"/>.</exception>
    public void End(bool failed) => Task.Run(() => this.EndAsync(failed)).GetAwaiter().GetResult();

    /// <summary>Adds an action for the end of the test. The latest action comes first.</summary>
    /// <param name="action">Gets whether the test has failed.</param>
    /// <exception cref="LaunchException">The test has ended already.</exception>
    internal void AtEnd(Func<bool, Task> action)
    {
        if (!this.TryAtEnd(action))
        {
            throw new LaunchException("The test has ended, and what it asks for now would not be ended any more. Ask for it in the test or in its tear-down, since the framework disposes of the test class after the end.");
        }
    }

    /// <summary>Adds an action for the end of the test, as <see cref="AtEnd"/>.</summary>
    /// <returns>False if the test has ended already.</returns>
    internal bool TryAtEnd(Func<bool, Task> action)
    {
        if (this.hasEnded)
        {
            return false;
        }

        TestEnds.Add(this, action);
        return true;
    }

    /// <summary>Adds a line to the output of the test as the framework has it. Not called by two threads at once.</summary>
    /// <param name="line">The line, or several.</param>
    /// <exception cref="InvalidOperationException">The framework has taken the output already.</exception>
    protected abstract void WriteLine(string line);
}
