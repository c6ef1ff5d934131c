using System.Globalization;

namespace SafeLaunch.Processes.Tests.Children;

/// <summary>Child launches on a Unix socket, whose file outlives a process that was killed.</summary>
public sealed class UnixSocketTests
{
    private DirectoryInfo folder = null!;

    private string Socket => Path.Combine(this.folder.FullName, "app.sock");

    [SetUp]
    public void CreateFolder() => this.folder = Directory.CreateTempSubdirectory("socket");

    [TearDown]
    public void DeleteFolder() => this.folder.Delete(recursive: true);

    [Test]
    public async Task A_child_launch_serves_on_a_Unix_socket_of_this_user_only_and_leaves_no_file()
    {
        await using (var server = await this.StartAsync())
        {
            Assert.That(server.Handle.Address, Is.EqualTo(new Uri($"http://unix:{this.Socket}")));
            Assert.That(await server.GetAsync("/"), Is.EqualTo("served"));
            Assert.That(await server.ProcessAsync(), Is.Not.EqualTo(Environment.ProcessId));
#pragma warning disable CA1416 // These tests need Unix.
            Assert.That(File.GetUnixFileMode(this.Socket), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
#pragma warning restore CA1416
        }

        Assert.That(File.Exists(this.Socket), Is.False);
    }

    [Test]
    public async Task The_token_that_a_child_launch_on_a_Unix_socket_requires_is_brought_by_its_client()
    {
        await using var server = await this.StartAsync(options => options.GuardAccess(guard => guard.RequireToken = true));

        Assert.That(await server.GetAsync("/"), Is.EqualTo("served"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_socket_of_a_process_that_was_killed_is_replaced(bool inChild)
    {
        await using (var killed = await this.StartAsync())
        {
            ProcessTable.Signal(await killed.ProcessAsync(), "KILL");
            Assert.That((await killed.Handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        }

        Assert.That(File.Exists(this.Socket), "the process had no time to delete it");
        var launcher = inChild ? ChildServer.LauncherOf(this.UseSocket) : Launcher.For(ChildCode.Serve, this.UseSocket);
        await using var handle = await launcher.StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
    }

    [Test]
    public async Task A_supervised_child_launch_that_was_killed_is_started_again_on_its_socket()
    {
        await using var handle = await ChildServer.LauncherOf(this.UseSocket).Supervised(options => options.Delay = TimeSpan.FromMilliseconds(1)).StartAsync().Within();
        using var client = handle.CreateClient();
        var first = await client.GetStringAsync("/process").Within();

        ProcessTable.Signal(int.Parse(first, CultureInfo.InvariantCulture), "KILL");
        await handle.BecomesAsync(() => handle is { EarlierRuns.Count: 1, State: LaunchState.Running });

        Assert.That(await client.GetStringAsync("/process").Within(), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task A_child_launch_on_a_socket_where_another_process_listens_fails_with_the_reason()
    {
        await using var server = await this.StartAsync();

        var error = await ChildServer.LauncherOf(this.UseSocket).StartErrorAsync();

        Assert.That(error.Message, Does.Contain("another server listens there"));
        Assert.That(await server.GetAsync("/"), Is.EqualTo("served"));
    }

    private Task<ChildServer> StartAsync(Action<LaunchOptions>? configure = null) => ChildServer.StartAsync(options =>
    {
        this.UseSocket(options);
        configure?.Invoke(options);
    });

    private void UseSocket(LaunchOptions options) => options.UseUnixSocket(this.Socket);
}
