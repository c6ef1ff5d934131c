using System.Reflection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch;

/// <summary>
/// A server for the tests of one fixture, of a namespace or of a whole assembly. It is started by the first who asks for it, on
/// a free loopback port, and its logs go to the output of the test that uses it. Safe from any thread.
/// </summary>
/// <remarks>
/// Keep it in a field, and dispose of it in the <c>[OneTimeTearDown]</c> of the same scope; or let each fixture take a share in
/// it by <see cref="AcquireAsync"/>. After that a test can ask for it again, and it is started again.
/// </remarks>
/// <example>
/// <code>
/// private static readonly LaunchedServer Server = LaunchedServer.For&lt;Program&gt;();
///
/// [OneTimeTearDown]
/// public async Task Stop() => await Server.DisposeAsync();
///
/// [Test]
/// public async Task It_answers() => Assert.That(await Server.CreateClient().GetStringAsync("/"), Is.EqualTo("Hello"));
/// </code>
/// </example>
public sealed class LaunchedServer : IAsyncDisposable
{
    private const string DefaultName = "server";

    private readonly string name;
    private readonly Func<Prepare, Launcher> recipe;
    private readonly TestOutput output = new();
    private readonly SharedLaunch launch;
    private LaunchOutcome? reported;

    private LaunchedServer(string name, Func<Prepare, Launcher> recipe)
    {
        this.name = name;
        this.recipe = recipe;
        this.launch = new(this.LaunchAsync);
    }

    private LaunchedServer(Action<LaunchOptions>? configure, Func<LaunchOptions, Launcher> recipe)
        : this(DefaultName, prepare =>
        {
            var options = new LaunchOptions();
            prepare(options, () => configure?.Invoke(options));
            return recipe(options);
        })
    {
    }

    /// <summary>Sets how a server of a test is launched.</summary>
    /// <param name="options">The options to set.</param>
    /// <param name="configure">Sets what the fixture wants, after the defaults.</param>
    private delegate void Prepare(LaunchOptions options, Action configure);

    /// <summary>Gets the launch, started if need be. Blocks until it is ready, and throws what <see cref="StartAsync"/> does.</summary>
    public LaunchHandle Handle => this.StartAsync().GetAwaiter().GetResult();

    /// <summary>Gets the address for a browser: the first that the server has bound. Starts it as <see cref="Handle"/> does.</summary>
    /// <exception cref="LaunchException">It has no known address.</exception>
    public Uri Address => this.Handle.Address;

    /// <summary>Gets the services of the first launched host. Starts it as <see cref="Handle"/> does.</summary>
    /// <exception cref="LaunchException">It runs no generic host.</exception>
    public IServiceProvider Services => this.Handle is { Hosts: [var host, ..] }
        ? host.Services
        : throw new LaunchException($"Launch '{this.Handle.Name}' runs no generic host, and so has no services. Those of its own host are in {nameof(this.Handle)}.{nameof(LaunchHandle.Services)}.");

    /// <summary>Makes a server of a whole program: its <c>Main</c>, or its top-level statements.</summary>
    /// <typeparam name="TProgram">Any type of the program, such as <c>Program</c>.</typeparam>
    /// <param name="configure">
    /// Changes how it is launched: arguments, environment, configuration, services, time-outs. Called at each start; null for nothing.
    /// The environment is Development, and the content root the folder of the program's project, unless this says otherwise.
    /// </param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="TProgram"/> is in an assembly that is no program.</exception>
    public static LaunchedServer For<TProgram>(Action<ProgramOptions>? configure = null) => ForProgram(typeof(TProgram).Assembly, configure);

    /// <summary>Makes a server of a whole program by the name of its assembly, as where two programs have a <c>Program</c> each.</summary>
    /// <param name="program">The name of its assembly, such as <c>Shop</c>.</param>
    /// <param name="configure">As for <see cref="For{TProgram}"/>.</param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="program"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no such assembly, or it is no program.</exception>
    public static LaunchedServer For(string program, Action<ProgramOptions>? configure = null)
    {
        // Made once here, so that a name that is not known shows here.
        _ = Launcher.ForProgram(program);
        return ForProgram(Assembly.Load(program), configure);
    }

    /// <summary>Makes a server of a launch delegate.</summary>
    /// <param name="launch">Blocks until the server ends, or starts it and returns at once.</param>
    /// <param name="configure">Changes how it is launched: configuration, services, time-outs. Called at each start; null for nothing.</param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    public static LaunchedServer For(Action launch, Action<LaunchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return new(configure, options => new(launch, options));
    }

    /// <summary>Makes a server of a launch delegate.</summary>
    /// <param name="launch">Starts the server and returns it; it is disposed at stop.</param>
    /// <param name="configure">Changes how it is launched: configuration, services, time-outs. Called at each start; null for nothing.</param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    public static LaunchedServer For(Func<object?> launch, Action<LaunchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return new(configure, options => new(launch, options));
    }

    /// <summary>Makes a server of a launch delegate.</summary>
    /// <param name="launch">Runs the server until its task ends, or starts it.</param>
    /// <param name="configure">Changes how it is launched: configuration, services, time-outs. Called at each start; null for nothing.</param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launch"/> is null.</exception>
    public static LaunchedServer For(Func<Task> launch, Action<LaunchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return new(configure, options => new(launch, options));
    }

    /// <summary>Makes a server of any launcher: of a delegate that wants the launch context, or a program that takes other arguments.</summary>
    /// <param name="recipe">Makes the launcher from the options that it is given. Called at each start.</param>
    /// <param name="configure">Changes how it is launched: configuration, services, time-outs. Called at each start; null for nothing.</param>
    /// <returns>The server, not started yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="recipe"/> is null.</exception>
    public static LaunchedServer For(Func<LaunchOptions, Launcher> recipe, Action<LaunchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return new(configure, recipe);
    }

    /// <summary>Starts the server, or waits for a start that has begun, or does nothing if it runs.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the start, which others may wait for too.</param>
    /// <returns>A task that ends with the handle of the launch once it is ready.</returns>
    /// <exception cref="LaunchException">It has ended by itself since, as by a crash; the message says how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the server was stopped before it was ready.</exception>
    /// <exception cref="Exception">
    /// What <see cref="Launcher.StartAsync(CancellationToken)"/> throws: what the app has thrown, for one. Its last log lines are in
    /// <see cref="Exception.Data"/>, which NUnit prints with the message. All who ask get the same exception, until a stop.
    /// </exception>
    public Task<LaunchHandle> StartAsync(CancellationToken cancellationToken = default)
    {
        this.output.Attend();
        return this.RunningAsync(this.launch.StartAsync(), cancellationToken);
    }

    /// <summary>
    /// Takes a share in the server, started if need be. It runs until the last share is given back; who takes one while it
    /// stops gets it started again after that.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting. The share is given back then, as with every other error.</param>
    /// <returns>A task that ends with the share once the server is ready.</returns>
    /// <exception cref="Exception">What <see cref="StartAsync"/> throws.</exception>
    public async Task<ServerLease> AcquireAsync(CancellationToken cancellationToken = default)
    {
        this.output.Attend();
        var lease = new ServerLease(() => this.EndAsync(this.launch.ReleaseAsync));
        try
        {
            await this.RunningAsync(this.launch.AcquireAsync(), cancellationToken).ConfigureAwait(false);
            return lease;
        }
        catch (Exception)
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Makes an HTTP client for the server, started as <see cref="Handle"/> does. What the server logs while it handles a request
    /// of this client goes to the output of the test that sends it, told by the header <c>SafeLaunch-Test</c>.
    /// </summary>
    /// <param name="configure">Changes the handler before it is used, such as which certificates it accepts; null for none.</param>
    /// <returns>The client. It is disposed of when the launch begins to end, so that an open response does not hold that up.</returns>
    /// <exception cref="LaunchException">The server has no http or https address.</exception>
    public HttpClient CreateClient(Action<SocketsHttpHandler>? configure = null)
    {
        var handle = this.Handle;
        var client = handle.CreateClient(configure, new TestRequests.Sender(this.output));

        // A response that a test has left open would hold up the stop.
        handle.Stopping.UnsafeRegister(static client => ((HttpClient)client!).Dispose(), client);
        return client;
    }

    /// <summary>
    /// Stops the server, also while tests hold shares in it, and waits for its end, no longer than <see cref="LaunchOptions.StopTimeout"/>
    /// and two seconds. Does nothing if it was not started. It can be asked for again after that.
    /// </summary>
    /// <returns>A task that ends with the launch.</returns>
    /// <exception cref="LaunchException">
    /// The launch crashed or was abandoned; the message names its thread and the reason. Thrown once for each launch. The process of the tests will end with an
    /// exit code other than 0, since not every runner counts an error in a tear-down. Or this is called from inside of the launch,
    /// which would wait for itself; it is stopped nevertheless.
    /// </exception>
    public ValueTask DisposeAsync() => new(this.EndAsync(this.launch.StopAsync));

    private static LaunchedServer ForProgram(Assembly program, Action<ProgramOptions>? configure)
    {
        // Made once here, so that an assembly that is no program shows here.
        _ = Launcher.ForProgram(program);
        return new(program.GetName().Name!, prepare => Launcher.ForProgram(program, options =>
        {
            options.Environment = "Development";
            options.ContentRoot = ContentRoot.Of(program);
            prepare(options, () => configure?.Invoke(options));
        }));
    }

    private async Task<LaunchHandle> LaunchAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await this.recipe(this.Apply).StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            this.AddLastLines(e);
            throw;
        }
    }

    private void Apply(LaunchOptions options, Action configure)
    {
        options.Name = this.name;
        var provider = new TestLoggerProvider(() => options.Name, this.output);

        // First, so that the fixture has the last word.
        TestDefaults.AddTo(options, provider, this.output);
        configure();
        options.LoggerFactory ??= LoggerFactory.Create(logging => logging.AddProvider(provider));
    }

    private async Task<LaunchHandle> RunningAsync(Task<LaunchHandle> start, CancellationToken cancellationToken)
    {
        var handle = await start.WaitAsync(cancellationToken).ConfigureAwait(false);
        return handle.Completion is { IsCompleted: true } end
            ? throw this.AddLastLines(TestProcess.Describe(await end.ConfigureAwait(false)))
            : handle;
    }

    private async Task EndAsync(Func<Task<LaunchOutcome?>> end)
    {
        this.output.Attend();
        var outcome = await end().ConfigureAwait(false);
        if (TestProcess.Judge(outcome) is { } failure && Interlocked.Exchange(ref this.reported, outcome) != outcome)
        {
            throw this.AddLastLines(failure);
        }
    }

    /// <summary>NUnit prints the data of an exception beside its message.</summary>
    private Exception AddLastLines(Exception exception)
    {
        if (this.output.LastLines is { Length: > 0 } lines)
        {
            exception.Data["Last log lines"] = Environment.NewLine + lines;
        }

        return exception;
    }
}
