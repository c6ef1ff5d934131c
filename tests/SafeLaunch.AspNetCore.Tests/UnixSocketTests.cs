using System.Net.Sockets;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.AspNetCore.Tests;

public sealed class UnixSocketTests
{
    private DirectoryInfo folder = null!;

    private string Path => System.IO.Path.Combine(this.folder.FullName, "app.sock");

    [SetUp]
    public void CreateFolder() => this.folder = Directory.CreateTempSubdirectory("socket");

    [TearDown]
    public void DeleteFolder() => this.folder.Delete(recursive: true);

    [Test]
    public async Task A_launch_on_a_Unix_socket_has_its_address_is_reached_by_its_client_and_leaves_no_file()
    {
        await using var app = await this.StartAsync();
        using var client = app.Handle.CreateClient();

        Assert.That(app.Handle.Addresses, Is.EqualTo(new[] { new Uri($"http://unix:{this.Path}") }));
        Assert.That(await client.GetStringAsync("/").Within(), Does.StartWith("served"));
        Assert.That((await app.Handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(File.Exists(this.Path), Is.False);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no modes of files.")]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_user_can_connect_to_the_socket()
    {
        await using var app = await this.StartAsync();

        Assert.That(File.GetUnixFileMode(this.Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task A_socket_that_a_crash_has_left_is_replaced()
    {
        LeaveStaleSocket(this.Path);
        await using var app = await this.StartAsync();
        using var client = app.Handle.CreateClient();

        Assert.That(await client.GetStringAsync("/").Within(), Does.StartWith("served"));
    }

    [Test]
    public async Task A_launcher_can_be_started_again_and_again_on_its_socket()
    {
        var launcher = Launcher.For(() => WebHosts.With().Run(), options => options.UseUnixSocket(this.Path));
        for (var i = 0; i < 3; i++)
        {
            await using var handle = await launcher.StartAsync().Within();
            using var client = handle.CreateClient();
            Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
        }
    }

    [Test]
    public async Task A_socket_on_which_another_server_listens_fails_the_start_and_goes_on_to_serve()
    {
        await using var app = await this.StartAsync();
        var exception = Assert.ThrowsAsync<IOException>(async () => await this.StartAsync());

        Assert.That(exception!.Message, Does.Contain("'guarded'").And.Contain($"'{this.Path}'").And.Contain("another server listens there"));
        using var client = app.Handle.CreateClient();
        Assert.That(await client.GetStringAsync("/").Within(), Does.StartWith("served"));
    }

    [Test]
    public async Task A_socket_that_another_server_has_bound_and_does_not_listen_on_yet_fails_the_start_and_stays()
    {
        using var isBound = new ManualResetEventSlim();
        using var mayListen = new ManualResetEventSlim();
        var first = this.StartAsync(options => options.ConfigureServices(services => services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = endPoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
            isBound.Set();
            mayListen.Pass();
            return socket;
        })));
        isBound.Pass();

        var exception = Assert.CatchAsync(async () => await this.StartAsync());
        mayListen.Set();
        await using var app = await first;
        using var client = app.Handle.CreateClient();
        Assert.That(exception, Is.TypeOf<IOException>().With.Message.Contains("another server may be about to listen there"));
        Assert.That(await client.GetStringAsync("/").Within(), Does.StartWith("served"));
        Assert.That(this.folder.GetFiles().Select(file => file.Name), Is.EqualTo(new[] { "app.sock" }));
    }

    [Test]
    public async Task A_file_that_is_no_socket_fails_the_start_and_stays()
    {
        await File.WriteAllTextAsync(this.Path, "precious");

        this.FailsTheStartAsNoSocket();
        Assert.That(await File.ReadAllTextAsync(this.Path), Is.EqualTo("precious"));
    }

    [Test]
    public async Task A_file_that_is_held_open_for_one_program_alone_fails_the_start_and_stays()
    {
        await File.WriteAllTextAsync(this.Path, "precious");
        await using (var held = new FileStream(this.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            this.FailsTheStartAsNoSocket();
        }

        Assert.That(await File.ReadAllTextAsync(this.Path), Is.EqualTo("precious"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Its programs are not made by a copy.")]
    public async Task The_file_of_a_program_that_runs_fails_the_start_and_stays()
    {
        // By another process: a file that this one has had open for writing may not be run while it starts programs elsewhere.
        Assert.That((await ChildProcess.RunAsync("cp", ["/bin/sleep", this.Path], Gate.Patience)).ExitCode, Is.Zero);
        using var program = new ChildProcess(this.Path, ["1000"]);

        this.FailsTheStartAsNoSocket();
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "It has no such files.")]
    public async Task A_named_pipe_fails_the_start_and_stays()
    {
        Assert.That((await ChildProcess.RunAsync("mkfifo", [this.Path], Gate.Patience)).ExitCode, Is.Zero);

        this.FailsTheStartAsNoSocket();
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no modes of files.")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_that_the_user_may_not_open_fails_the_start_and_stays()
    {
        Assume.That(Environment.IsPrivilegedProcess, Is.False, "Root may open every file.");
        await File.WriteAllTextAsync(this.Path, "precious");
        File.SetUnixFileMode(this.Path, UnixFileMode.None);

        this.FailsTheStartAsNoSocket();
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need a right there.")]
    public void A_link_to_a_socket_that_a_crash_has_left_fails_the_start_and_stays()
    {
        var socket = this.Path + ".left";
        LeaveStaleSocket(socket);
        File.CreateSymbolicLink(this.Path, socket);

        this.FailsTheStartAsNoSocket();
        Assert.That(File.Exists(socket));
    }

    [Test]
    public void A_folder_at_the_path_fails_the_start()
    {
        this.folder.CreateSubdirectory("app.sock");

        Assert.That(Assert.ThrowsAsync<IOException>(async () => await this.StartAsync())!.Message, Does.Contain("a folder has this path"));
    }

    [Test]
    public void A_missing_folder_fails_the_start()
    {
        var missing = System.IO.Path.Combine(this.folder.FullName, "missing", "app.sock");

        Assert.That(
            Assert.ThrowsAsync<IOException>(async () => await GuardedApp.StartAsync(options => options.UseUnixSocket(missing)))!.Message,
            Does.Contain("its folder does not exist").And.Contain(missing));
    }

    [Test]
    public void A_path_that_no_socket_can_have_is_refused_at_the_call()
    {
        var options = new LaunchOptions();

        Assert.Multiple(() =>
        {
            Assert.That(() => options.UseUnixSocket(new string('a', 300)), Throws.ArgumentException.With.Message.Contains("too long").And.Property("ParamName").EqualTo("path"));
            Assert.That(() => options.UseUnixSocket("/tmp/a:b.sock"), Throws.ArgumentException.With.Message.Contains("colon"));
            Assert.That(() => options.UseUnixSocket(" "), Throws.ArgumentException.With.Message.Contains("blank"));
            Assert.That(() => options.UseUnixSocket(null!), Throws.ArgumentNullException);
            Assert.That(() => ((LaunchOptions)null!).UseUnixSocket("a"), Throws.ArgumentNullException);
            Assert.That(options.AppHostConfiguration, Is.Null, "nothing of a refused path is kept");
        });
    }

    [Test]
    public async Task A_token_can_be_required_on_a_Unix_socket_too()
    {
        await using var app = await GuardedApp.StartAsync(options => options.UseUnixSocket(this.Path).GuardAccess(guard => guard.RequireToken = true));
        using var client = app.Handle.CreateClient();
        using var own = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Authorization = new("Basic", "YTpi") } };

        Assert.That(await client.GetStringAsync("/").Within(), Does.StartWith("served"));
        using var answer = await client.SendAsync(own).Within();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(() => app.Handle.GetAccessUri(), Throws.InstanceOf<LaunchException>().With.Message.Contains("a browser can open"));
    }

    private Task<GuardedApp> StartAsync(Action<LaunchOptions>? configure = null) => GuardedApp.StartAsync(options =>
    {
        options.UseUnixSocket(this.Path);
        configure?.Invoke(options);
    });

    private void FailsTheStartAsNoSocket()
    {
        Assert.That(async () => await this.StartAsync(), Throws.InstanceOf<IOException>().With.Message.Contains("a file that is no socket has this path"));
        Assert.That(File.Exists(this.Path), "it is still there");
    }

    private static void LeaveStaleSocket(string path)
    {
        // The file of a socket is deleted when the socket is disposed of, but not when it was moved.
        var moved = path + ".moved";
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(moved));
            socket.Listen();
            File.Move(moved, path);
        }

        Assume.That(File.Exists(path));
    }
}
