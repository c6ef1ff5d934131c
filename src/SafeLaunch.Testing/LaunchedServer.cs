using System.Diagnostics;
using System.Security.Claims;
using SafeLaunch.Requests;
using SafeLaunch.Servers;

namespace SafeLaunch;

/// <summary>
/// A server for the tests of one fixture, of a namespace or of a whole assembly, or with <see cref="PerTest"/> for each test. The first test that asks
/// for it starts it, on a free loopback port, and its logs go to the output of the test that uses it. Safe from any thread.
/// </summary>
/// <remarks>
/// Keep it in a field, and dispose of it in the clean-up of the same scope, such as NUnit's <c>[OneTimeTearDown]</c>; or let each fixture take a share in
/// it by <see cref="AcquireAsync"/>; or let the end of the process stop it. After a stop a test can ask for it again, and it is started again.
/// </remarks>
/// <example>
/// <code>
/// private static readonly LaunchedServer Server = LaunchedServer.For&lt;Program&gt;();
///
/// [OneTimeTearDown]
/// public async Task Stop() => await Server.DisposeAsync();
///
/// [Test]
/// public async Task The_page_says_hello() => Assert.That(await Server.CreateClient().GetStringAsync("/"), Is.EqualTo("Hello"));
/// </code>
/// </example>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed partial class LaunchedServer : IAsyncDisposable
{
    private readonly ServerSetup setup;
    private readonly ServerInstance shared;

    private LaunchedServer(ServerSetup setup)
    {
        this.setup = setup;
        this.shared = new(setup);
    }

    /// <summary>Gets the launch, which <see cref="StartAsync"/> or a client of <see cref="CreateClient(Action{SocketsHttpHandler}?)"/> has started before.</summary>
    /// <exception cref="LaunchException">
    /// It has not been started, still starts, is not prepared for the caller's test by <see cref="BeforeEachTest"/>, or has ended by itself; the message says which and how.
    /// </exception>
    /// <exception cref="Exception">What <see cref="StartAsync"/> failed with.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public LaunchHandle Handle => (this.FindInstance() ?? throw this.setup.NotStarted()).Handle;

    /// <summary>Gets the address for a browser: the first that the server has bound.</summary>
    /// <exception cref="LaunchException">It has no known address; or <see cref="Handle"/> cannot be had.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Uri Address => this.Handle.Address;

    /// <summary>Gets the services of the app: those of its first host.</summary>
    /// <exception cref="LaunchException">It runs no generic host; or <see cref="Handle"/> cannot be had.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IServiceProvider Services => this.Handle.Services;

    // Starts nothing.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private string DebuggerText => this.isPerTest ? $"Server per test {this.setup.Name}: {this.ofTests.Count} in use" : $"Server {this.shared}";

    /// <summary>Starts the server as <see cref="StartAsync"/> does, and blocks until it is ready.</summary>
    /// <returns>The handle of the launch.</returns>
    /// <exception cref="Exception">What <see cref="StartAsync"/> fails with.</exception>
    public LaunchHandle Start() => this.StartAsync().GetAwaiter().GetResult();

    /// <summary>Starts the server, or waits for a start that has begun, or does nothing if it runs.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the start, which others may wait for too.</param>
    /// <returns>A task that ends with the handle of the launch once it is ready.</returns>
    /// <exception cref="LaunchException">It has ended by itself since, as by a crash; the message says how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the server was stopped before it was ready.</exception>
    /// <exception cref="Exception">
    /// What <see cref="Launcher.StartAsync"/> throws: what the app has thrown, for one. Its last log lines are in
    /// <see cref="Exception.Data"/>, which NUnit prints with the message; other frameworks have them in the output of the test. All who ask get the
    /// same exception, until a stop.
    /// </exception>
    public Task<LaunchHandle> StartAsync(CancellationToken cancellationToken = default) => this.GetInstance().StartAsync(cancellationToken);

    /// <summary>
    /// Takes a share in the server, started if need be. It runs until the last share is given back; who takes one while it
    /// stops gets it started again after that.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting. The share is given back then, as with every other error.</param>
    /// <returns>A task that ends with the share once the server is ready.</returns>
    /// <exception cref="Exception">What <see cref="StartAsync"/> throws.</exception>
    public Task<ServerLease> AcquireAsync(CancellationToken cancellationToken = default) => this.GetInstance().AcquireAsync(cancellationToken);

    /// <summary>
    /// Makes an HTTP client for the server, started as <see cref="Start"/> does. What the server logs while it handles a request
    /// of this client goes to the output of the test that sends it, told by the header <c>SafeLaunch-Test</c>.
    /// </summary>
    /// <param name="configure">Changes the handler before it is used, such as which certificates it accepts; null for none.</param>
    /// <returns>The client. It is disposed of when the launch begins to end, so that an open response does not hold that up.</returns>
    /// <exception cref="LaunchException">The server has no http or https address.</exception>
    public HttpClient CreateClient(Action<SocketsHttpHandler>? configure = null) => this.GetInstance().CreateClient(user: null, configure);

    /// <summary>
    /// Makes an HTTP client as <see cref="CreateClient(Action{SocketsHttpHandler}?)"/> does, whose requests are those of a user who has signed in: the app's
    /// authentication succeeds with this user, under each of its schemes. The client proves that by a secret of its server; other
    /// requests are authenticated as always.
    /// </summary>
    /// <param name="user">The name and the identifier of the user.</param>
    /// <param name="roles">The roles of the user; null for none.</param>
    /// <param name="claims">More claims about the user; null for none.</param>
    /// <param name="configure">Changes the handler before it is used; null for none.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException"><paramref name="user"/> is null or empty.</exception>
    /// <exception cref="LaunchException">The server has no http or https address.</exception>
    public HttpClient CreateClient(string user, IEnumerable<string>? roles = null, IEnumerable<Claim>? claims = null, Action<SocketsHttpHandler>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        return this.GetInstance().CreateClient(TestUsers.Make(user, roles ?? [], claims ?? []), configure);
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
    public ValueTask DisposeAsync() => new(this.EndAllAsync());
}
