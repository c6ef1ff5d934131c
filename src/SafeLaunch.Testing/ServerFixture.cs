namespace SafeLaunch;

/// <summary>
/// A server as an object that a framework makes and disposes of: a fixture of xUnit, of a class, a collection or the assembly, or a shared data
/// source of TUnit. The first test that asks for the server starts it.
/// </summary>
/// <typeparam name="TProgram">Any type of the program, such as <c>Program</c>.</typeparam>
/// <example>
/// <code>
/// public sealed class ShopTests(ServerFixture&lt;Program&gt; shop) : IClassFixture&lt;ServerFixture&lt;Program&gt;&gt;
/// </code>
/// </example>
public class ServerFixture<TProgram> : IAsyncDisposable, IDisposable
{
    /// <summary>Initializes the fixture. The server is not started yet.</summary>
    public ServerFixture() => this.Server = LaunchedServer.For<TProgram>(this.Configure);

    /// <summary>Gets the server.</summary>
    public LaunchedServer Server { get; }

    /// <summary>Stops the server.</summary>
    /// <returns>A task that ends with the launch.</returns>
    /// <exception cref="LaunchException">The launch crashed or was abandoned.</exception>
    public async ValueTask DisposeAsync()
    {
        await this.DisposeAsyncCore().ConfigureAwait(false);
        this.Dispose(disposing: false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the server as <see cref="DisposeAsync"/> does, and blocks until its end. For xUnit 2, which does not know asynchronous disposal.</summary>
    /// <exception cref="LaunchException">The launch crashed or was abandoned.</exception>
    public void Dispose()
    {
        this.Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the server. A fixture that holds more disposes of it here, and in <see cref="Dispose(bool)"/>: a framework calls either.</summary>
    /// <returns>A task that ends with the launch.</returns>
    protected virtual ValueTask DisposeAsyncCore() => this.Server.DisposeAsync();

    /// <summary>Stops the server.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> has called this; false behind <see cref="DisposeAsyncCore"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            this.Server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Changes how the server is launched. Called at each start. Does nothing by itself.</summary>
    /// <param name="options">The options.</param>
    protected virtual void Configure(ProgramOptions options)
    {
    }
}
