using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SafeLaunch.Hosting.Tests.Supervising;

namespace SafeLaunch.Hosting.Tests.InHost;

/// <summary>Options of a launch that come from the configuration of its host.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConfigurationTests : IAsyncDisposable
{
    private readonly Outer outer = new();

    public ValueTask DisposeAsync() => this.outer.DisposeAsync();

    [Test]
    public async Task Keys_of_a_bound_section_set_the_options_of_the_launch()
    {
        LaunchOptions? seen = null;
        this.outer.Set("Launches:shop:StopTimeout", "00:00:07");
        this.outer.Set("Launches:shop:InterruptAfter", "00:00:00");
        this.outer.Set("Launches:shop:BlockingWaits", "block");
        this.outer.Set("Launches:shop:HandleSignals", "False");
        this.outer.Set("Launches:shop:Configuration:Prices:Currency", "EUR");
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped).BindConfiguration("Launches:shop").Configure(options => seen = options);

        await this.outer.StartAsync();

        Assert.That(seen!.StopTimeout, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(seen.InterruptAfter, Is.EqualTo(TimeSpan.Zero));
        Assert.That(seen.BlockingWaits, Is.EqualTo(BlockingWaitBehavior.Block));
        Assert.That(seen.StartTimeout, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(this.outer["shop"].LaunchServices.GetRequiredService<IConfiguration>()["Prices:Currency"], Is.EqualTo("EUR"));
    }

    [Test]
    public async Task Keys_below_Supervision_set_how_a_supervised_launch_is_started_again()
    {
        var clock = new Clock();
        var crasher = new Crasher();
        this.outer.Set("Launches:shop:Supervision:Delay", "00:00:03");
        this.outer.Set("Launches:shop:Supervision:UseJitter", "false");
        this.outer.Set("Launches:shop:Supervision:MaxRestarts", "1");
        this.outer.Services.AddLaunch("shop", crasher.RunAsync)
            .BindConfiguration("Launches:shop")
            .Supervised(options => options.TimeProvider = clock)
            .WhenCrashed(LaunchCrash.KeepHost);
        await this.outer.StartAsync();

        await crasher.CrashAsync();
        Assert.That(await clock.PassDelayAsync(), Is.EqualTo(TimeSpan.FromSeconds(3)));
        await crasher.CrashAsync();
        var outcome = await this.outer["shop"].EndAsync();

        Assert.That(outcome.Reason, Does.StartWith("It was started again once within 00:02:00"));
    }

    [TestCase("StopTimeout", typeof(LaunchOptions))]
    [TestCase("Supervision:Delay", typeof(SupervisionOptions))]
    public void The_error_of_a_wrong_key_names_the_type_of_its_options(string key, Type options)
    {
        this.outer.Set($"Launches:shop:{key}", "soon");
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped).BindConfiguration("Launches:shop").Supervised();

        Assert.That(() => this.outer.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Property(nameof(OptionsValidationException.OptionsType)).EqualTo(options));
    }

    [TestCase(LaunchStart.BeforeServices)]
    [TestCase(LaunchStart.WithServices)]
    [TestCase(LaunchStart.AfterStarted)]
    public async Task A_program_starts_with_its_host_and_takes_its_arguments_its_environment_and_its_folder_from_the_configuration(LaunchStart start)
    {
        var folder = Directory.CreateTempSubdirectory();
        this.outer.Set("Launches:shop:Args:0", "--color=red");
        this.outer.Set("Launches:shop:Args:1", "--size=3");
        this.outer.Set("Launches:shop:Environment", "Testing");
        this.outer.Set("Launches:shop:ContentRoot", folder.FullName);
        this.outer.Services.AddLaunchForProgram("shop", "TopLevelProgram")
            .Configure(options => options.UseLoopback())
            .BindConfiguration("Launches:shop")
            .StartWhen(start);
        await this.outer.StartAsync();

        using var client = this.outer["shop"].CreateClient();
        string[] seen =
        [
            await client.GetStringAsync("/configuration/color").Within(),
            await client.GetStringAsync("/configuration/size").Within(),
            await client.GetStringAsync("/environment").Within(),
            await client.GetStringAsync("/content-root").Within(),
        ];
        await this.outer.StopAsync();
        folder.Delete(recursive: true);

        Assert.That(seen, Is.EqualTo(new[] { "red", "3", "Testing", folder.FullName }));
        Assert.That(this.outer["shop"].State, Is.EqualTo(LaunchState.Ended));
    }

    [TestCase("ContentRoot", "/nowhere", "Launch 'shop': Launches:shop:ContentRoot is '/nowhere', and must be a folder that exists.")]
    [TestCase("Environment", " ", "Launch 'shop': Launches:shop:Environment is ' ', and must be a text that is not blank.")]
    [TestCase("Args", "--color=red", "Launch 'shop': Launches:shop:Args is '--color=red', and must be a list of texts.")]
    [TestCase("Args:0:Color", "red", "Launch 'shop': Launches:shop:Args must be a list of texts.")]
    [TestCase("PassHostArguments", "maybe", "Launch 'shop': Launches:shop:PassHostArguments is 'maybe', and must be true or false.")]
    public void A_wrong_key_of_a_program_fails_the_start_of_the_host_with_its_path(string key, string value, string message)
    {
        this.outer.Set($"Launches:shop:{key}", value);
        this.outer.Services.AddLaunchForProgram("shop", "TopLevelProgram").BindConfiguration("Launches:shop").StartWhen(LaunchStart.OnDemand);

        Assert.That(() => this.outer.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Message.EqualTo(message));
    }

    [TestCase("Supervision:MaxRestarts", "0", "Launch 'shop': Launches:shop:Supervision:MaxRestarts is '0', and must be a number of at least 1.")]
    [TestCase("Supervision:Dealy", "1", "Launch 'shop': Launches:shop:Supervision:Dealy is no option of supervision.")]
    [TestCase("Supervision:Period", "2.00:00:00", "Launch 'shop': Launches:shop:Supervision:Period is '2.00:00:00', and must be a time such as 00:00:30, more than zero and at most 1.00:00:00.")]
    [TestCase("Supervision:MaxDelay", "00:00:00", "Launch 'shop': Launches:shop:Supervision: MaxDelay must be from 00:00:01 to 1.00:00:00.")]
    public void A_wrong_key_below_Supervision_fails_the_start_of_the_host_with_its_path(string key, string value, string message)
    {
        this.outer.Set($"Launches:shop:{key}", value);
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped).BindConfiguration("Launches:shop").Supervised().StartWhen(LaunchStart.OnDemand);

        Assert.That(() => this.outer.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith(message));
    }

    [TestCase("Supervision:MaxRestarts", "3", "Launch 'shop': Launches:shop:Supervision is set, and the launch is not supervised. Call Supervised where it is added.")]
    [TestCase("ContentRoot", "/", "Launch 'shop': Launches:shop:ContentRoot is an option of a program, and the launch was added with a delegate.")]
    [TestCase("DrainFor", "2.00:00:00", "Launch 'shop': Launches:shop:DrainFor is '2.00:00:00', and must be a time such as 00:00:30, from zero and at most 1.00:00:00.")]
    [TestCase("UnservedWorkTimeout", "00:00:00", "Launch 'shop': Launches:shop:UnservedWorkTimeout is '00:00:00', and must be a time such as 00:00:30, more than zero")]
    [TestCase("StopTimeout", "soon", "Launch 'shop': Launches:shop:StopTimeout is 'soon', and must be a time such as 00:00:30, more than zero")]
    [TestCase("StopTimeout", "20", "Launch 'shop': Launches:shop:StopTimeout is '20', and must be a time such as 00:00:30, more than zero")]
    [TestCase("StopTimeout", "-00:00:01", "Launch 'shop': Launches:shop:StopTimeout is '-00:00:01'")]
    [TestCase("BlockingWaits", "Sometimes", "Launch 'shop': Launches:shop:BlockingWaits is 'Sometimes', and must be Pump or Block.")]
    [TestCase("HandleSignals", "yes", "Launch 'shop': Launches:shop:HandleSignals is 'yes', and must be true or false.")]
    [TestCase("StopTimout", "00:00:07", "Launch 'shop': Launches:shop:StopTimout is no option of a launch.")]
    public void A_wrong_key_fails_the_start_of_the_host_with_its_path(string key, string value, string message)
    {
        this.outer.Set($"Launches:shop:{key}", value);
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped).BindConfiguration("Launches:shop").StartWhen(LaunchStart.OnDemand);

        Assert.That(() => this.outer.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith(message));
    }

    [Test]
    public void An_InterruptAfter_longer_than_the_StopTimeout_beside_it_fails_the_start_of_the_host_with_both_paths()
    {
        this.outer.Set("Launches:shop:InterruptAfter", "00:00:08");
        this.outer.Set("Launches:shop:StopTimeout", "00:00:07");
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped).BindConfiguration("Launches:shop").StartWhen(LaunchStart.OnDemand);

        Assert.That(() => this.outer.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Message.EqualTo(
            "Launch 'shop': Launches:shop:InterruptAfter is '00:00:08', and must be at most Launches:shop:StopTimeout, which is '00:00:07'."));
    }

    [Test]
    public async Task An_InterruptAfter_longer_than_the_StopTimeout_of_code_fails_the_start_of_the_launch_with_the_section()
    {
        this.outer.Set("Launches:shop:InterruptAfter", "00:00:08");
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped)
            .BindConfiguration("Launches:shop")
            .Configure(options => options.StopTimeout = TimeSpan.FromSeconds(7))
            .StartWhen(LaunchStart.OnDemand);
        await this.outer.StartAsync();

        Assert.That(
            await this.outer.Launches.StartAsync("shop").ErrorAsync(),
            Is.TypeOf<OptionsValidationException>().With.Message.StartsWith("Launch 'shop': Launches:shop: InterruptAfter of launch 'shop' must be from zero to StopTimeout"));
    }

    [Test]
    public async Task Options_of_supervision_of_several_calls_are_checked_together()
    {
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped)
            .Supervised(options => options.MaxDelay = TimeSpan.FromMilliseconds(100))
            .Supervised(options => options.Delay = TimeSpan.FromMilliseconds(50));
        await this.outer.StartAsync();

        Assert.That(this.outer["shop"].State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public void Options_of_supervision_that_do_not_fit_each_other_fail_the_start_of_the_host()
    {
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped).Supervised(options => options.MaxDelay = TimeSpan.FromMilliseconds(100));

        Assert.That(
            () => this.outer.StartAsync(),
            Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith("Launch 'shop': MaxDelay must be from 00:00:01 to 1.00:00:00."));
    }
}
