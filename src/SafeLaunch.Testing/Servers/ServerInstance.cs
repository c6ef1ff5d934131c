using Microsoft.Extensions.Logging;
using SafeLaunch.Frameworks;
using SafeLaunch.Requests;

namespace SafeLaunch.Servers;

/// <summary>One server behind a <see cref="LaunchedServer"/>: that of all tests, or that of one test.</summary>
internal sealed class ServerInstance
{
    private const string LastLines = "Last log lines";

    private readonly ServerSetup setup;
    private readonly SharedLaunch launch;
    private readonly TestPreparation preparation;
    private readonly TestUsers users = new();
    private readonly Exchanges exchanges;
    private LaunchOutcome? reported;

    public ServerInstance(ServerSetup setup)
    {
        this.setup = setup;
        this.launch = new(this.LaunchAsync);
        this.preparation = new(setup);
        this.exchanges = new(setup.Name);
    }

    public TestOutput Output { get; } = new();

    /// <summary>Starts nothing, waits for nothing and prepares nothing. It only notes that the caller's test was the last to use the server.</summary>
    public LaunchHandle Handle
    {
        get
        {
            this.Output.Attend();
            try
            {
                return this.FindHandle();
            }
            catch (Exception e)
            {
                ShowLastLines(e);
                throw;
            }
        }
    }

    public Task<LaunchHandle> StartAsync(CancellationToken cancellationToken) => this.UseAsync(this.launch.StartAsync, cancellationToken);

    public async Task<ServerLease> AcquireAsync(CancellationToken cancellationToken)
    {
        var lease = new ServerLease(() => this.EndAsync(this.launch.ReleaseAsync));
        try
        {
            await this.UseAsync(this.launch.AcquireAsync, cancellationToken).ConfigureAwait(false);
            return lease;
        }
        catch (Exception)
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <param name="user">The user who sends the requests of the client; null for no user.</param>
    /// <param name="configure">Changes the handler before it is used; null for none.</param>
    public HttpClient CreateClient(System.Security.Claims.ClaimsPrincipal? user, Action<SocketsHttpHandler>? configure)
    {
        var handle = this.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        var sender = new RequestSender(cancellationToken => this.UseAsync(() => Task.FromResult(handle), cancellationToken), user is null ? null : this.users.Add(user));
        var client = sender.MakeClient(handle, configure);

        // A response that a test has left open would hold up the stop.
        sender.AtEndOfServer = handle.Stopping.UnsafeRegister(static client => ((HttpClient)client!).Dispose(), client);
        return client;
    }

    /// <summary>Says the name, and of a started launch the state and the address, in one line.</summary>
    public override string ToString() => this.launch.Current switch
    {
        null => $"{this.setup.Name}: not started",
        { IsCompleted: false } => $"{this.setup.Name}: starting",
        { Status: TaskStatus.RanToCompletion } start => $"{start.GetAwaiter().GetResult()}",
        _ => $"{this.setup.Name}: its start failed",
    };

    public Task StopAsync() => this.EndAsync(this.launch.StopAsync);

    /// <summary>Shows the last log lines beside an exception that the caller's test gets, for a framework that does not show its data.</summary>
    private static void ShowLastLines(Exception exception)
    {
        if (exception.Data[LastLines] is string lines && RunningTest.FindCurrent() is { ShowsExceptionData: false } test)
        {
            test.TryWriteLine($"{LastLines} of the server:{lines}");
        }
    }

    private async Task<LaunchHandle> LaunchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var launcher = this.setup.Make(this.Apply);
            using (await StartSlots.OfProcess.TakeAsync(cancellationToken).ConfigureAwait(false))
            {
                return await launcher.StartAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            this.AddLastLines(e);
            throw;
        }
    }

    private void Apply(LaunchOptions options, Action configure)
    {
        options.Name = this.setup.Name;
        var provider = new TestLoggerProvider(() => options.Name, this.Output);

        // First, so that the fixture has the last word.
        TestDefaults.AddTo(options, provider, new RequestReceiver(this.Output, this.users, this.exchanges));
        configure();
        options.LoggerFactory ??= LoggerFactory.Create(logging => logging.AddProvider(provider));
    }

    /// <summary>Each use of the server by a test: the output of the test gets its lines, it has to run, and it is prepared for the test.</summary>
    private async Task<LaunchHandle> UseAsync(Func<Task<LaunchHandle>> start, CancellationToken cancellationToken)
    {
        this.Output.Attend();
        try
        {
            var handle = await start().WaitAsync(cancellationToken).ConfigureAwait(false);
            this.ThrowIfEnded(handle);
            await this.preparation.DoneAsync(handle).WaitAsync(cancellationToken).ConfigureAwait(false);
            return handle;
        }
        catch (Exception e)
        {
            ShowLastLines(e);
            throw;
        }
    }

    private LaunchHandle FindHandle()
    {
        var handle = this.launch.Current switch
        {
            null => throw this.setup.NotStarted(),
            { IsCompleted: false } => throw new LaunchException($"Launch '{this.setup.Name}' is still starting. Await {nameof(this.StartAsync)} first."),
            var started => started.GetAwaiter().GetResult(),
        };
        this.ThrowIfEnded(handle);
        this.preparation.ThrowUnlessDone(handle);
        return handle;
    }

    private void ThrowIfEnded(LaunchHandle handle)
    {
        if (handle.Completion is { IsCompleted: true } end)
        {
            throw this.AddLastLines(TestProcess.Describe(end.GetAwaiter().GetResult()));
        }
    }

    private async Task EndAsync(Func<Task<LaunchOutcome?>> end)
    {
        this.Output.Attend();
        var outcome = await end().ConfigureAwait(false);
        if (TestProcess.Judge(outcome) is { } failure && Interlocked.Exchange(ref this.reported, outcome) != outcome)
        {
            throw this.AddLastLines(failure);
        }
    }

    /// <summary>Adds the last log lines to an exception that a test will get, for a framework that prints the data of an exception.</summary>
    private Exception AddLastLines(Exception exception)
    {
        if (this.Output.LastLines is { Length: > 0 } lines)
        {
            exception.Data[LastLines] = Environment.NewLine + lines;
        }

        return exception;
    }
}
