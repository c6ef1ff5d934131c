namespace SafeLaunch.Scale.Tests;

/// <summary>A separate Redis server for a test, which keeps nothing on the disk. It listens on a socket in a temporary folder.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("redis.").FullName;
    private readonly TestKit.ChildProcess process;

    private RedisServer(string program) =>
        this.process = new(program, ["--port", "0", "--unixsocket", this.Socket, "--save", "", "--appendonly", "no", "--dir", this.folder]);

    /// <summary>Gets its address as clients write it.</summary>
    public string Address => "!" + this.Socket;

    private string Socket => Path.Combine(this.folder, "redis.sock");

    /// <summary>Starts it, and returns once it accepts connections.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer(Tool.Redis.FindOrIgnore());
        while (await server.process.ReadLineAsync().Within() is { } line)
        {
            if (line.Contains("is now ready to accept connections", StringComparison.Ordinal))
            {
                return server;
            }
        }

        throw new InvalidOperationException($"Redis has ended: {server.process.Output}");
    }

    public void Dispose()
    {
        this.process.Dispose();
        Directory.Delete(this.folder, recursive: true);
    }
}
