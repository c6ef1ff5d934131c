using System.Net.Sockets;
using System.Runtime.Versioning;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

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
        this.LeaveStaleSocket();
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
    public async Task A_file_that_is_no_socket_fails_the_start_and_stays()
    {
        await File.WriteAllTextAsync(this.Path, "precious");
        var exception = Assert.ThrowsAsync<IOException>(async () => await this.StartAsync());

        Assert.That(exception!.Message, Does.Contain("a file that is no socket has this path"));
        Assert.That(await File.ReadAllTextAsync(this.Path), Is.EqualTo("precious"));
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

    private Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(options => options.UseUnixSocket(this.Path));

    private void LeaveStaleSocket()
    {
        // The file of a socket is deleted when the socket is disposed of, but not when it was moved.
        var moved = this.Path + ".moved";
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(moved));
            socket.Listen();
            File.Move(moved, this.Path);
        }

        Assume.That(File.Exists(this.Path));
    }
}
