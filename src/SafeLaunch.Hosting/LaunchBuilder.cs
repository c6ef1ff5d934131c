using Microsoft.Extensions.DependencyInjection;
using SafeLaunch.InHost;

namespace SafeLaunch;

/// <summary>Says how one launch lives in its host. Each method returns the same builder. Not for several threads at once.</summary>
public sealed class LaunchBuilder
{
    private readonly LaunchRegistration registration;

    internal LaunchBuilder(IServiceCollection services, LaunchRegistration registration)
    {
        this.Services = services;
        this.registration = registration;
    }

    /// <summary>Gets the name of the launch.</summary>
    public string Name => this.registration.Name;

    /// <summary>Gets the services of the host, to which the launch was added.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Sets options of the launch. Several calls, and those of <see cref="BindConfiguration"/>, add up in their order.</summary>
    /// <param name="configure">Called before each start. The name of the options has no effect: the launch has the name that it was added with.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The launch was added with a launcher, which has its options already.</exception>
    public LaunchBuilder Configure(Action<LaunchOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return this.Configure((_, options) => configure(options));
    }

    /// <summary>Sets options of the launch by services of the host, such as the address of a launch that it comes after.</summary>
    /// <param name="configure">Called before each start, when the launches that this one comes after are ready.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The launch was added with a launcher, which has its options already.</exception>
    public LaunchBuilder Configure(Action<IServiceProvider, LaunchOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        if (!this.registration.HasOptions)
        {
            throw new InvalidOperationException($"Launch '{this.Name}' was added with a launcher, which has its options already. Set them where that launcher is made, or add the launch with a delegate.");
        }

        this.registration.Options.Add(configure);
        return this;
    }

    /// <summary>
    /// Sets options of the launch by the configuration of the host: <c>StartTimeout</c>, <c>StopTimeout</c>, <c>InterruptAfter</c>,
    /// <c>BlockingWaits</c>, <c>UnservedWorkTimeout</c>, <c>UnhandledExceptions</c>, <c>FlowExecutionContext</c>, <c>HandleSignals</c>,
    /// <c>RouteConsoleInput</c>, <c>KeepLogLines</c>, <c>DrainFor</c>, and all below <c>Configuration</c>; of a program also <c>Args</c>, <c>Environment</c>, <c>ContentRoot</c>,
    /// <c>PassHostArguments</c> and <c>SetEntryAssembly</c>; of a supervised launch, below <c>Supervision</c>, all of <see cref="SupervisionOptions"/> but its
    /// code. It is read before each start, and checked when the host starts: a key that is unknown or has a wrong value
    /// fails that start with an <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>, which names its path.
    /// </summary>
    /// <param name="section">The path of the section, such as <c>Launches:shop</c>. It need not exist.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="section"/> is null or blank.</exception>
    /// <exception cref="InvalidOperationException">The launch was added with a launcher, which has its options already.</exception>
    public LaunchBuilder BindConfiguration(string section)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(section);
        this.Configure((services, options) => this.registration.SectionOf(services, section).Apply(options));
        this.registration.Hosted.Add((services, options) => this.registration.SectionOf(services, section).Apply(options));
        this.registration.Supervision.Add((services, options) => this.registration.SectionOf(services, section).Apply(options));
        this.registration.Sections.Add(section);
        return this;
    }

    /// <summary>Sets when the launch is started. Default: <see cref="LaunchStart.WithServices"/>. A launch that starts early stops late.</summary>
    /// <param name="start">The time.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is none of its values.</exception>
    public LaunchBuilder StartWhen(LaunchStart start)
    {
        this.registration.StartWhen = Enum.IsDefined(start) ? start : throw new ArgumentOutOfRangeException(nameof(start), start, $"Launch '{this.Name}' starts at none of these times.");
        return this;
    }

    /// <summary>
    /// Starts the launch when another one is ready, and stops it before that. Launches that do not come after one another start and stop
    /// together. A name that is unknown, and launches that wait for each other, fail the start of the host.
    /// </summary>
    /// <param name="launch">The name of the other launch.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="launch"/> is null or blank.</exception>
    public LaunchBuilder After(string launch)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(launch);
        this.registration.After.Add(launch);
        return this;
    }

    /// <summary>
    /// Lets the launch go on for a while before each stop, with an unhealthy health check, so that load balancers send no more requests when
    /// the stop begins. The host's <c>ShutdownTimeout</c> ends it. Of several calls, and those of <see cref="BindConfiguration"/> with that key, the last one
    /// counts. Default: zero.
    /// </summary>
    /// <param name="time">How long. From zero to 1 day.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative, or longer than a day.</exception>
    public LaunchBuilder DrainFor(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(1));
        this.registration.Hosted.Add((_, options) => options.DrainFor = time);
        return this;
    }

    /// <summary>Sets what a crash does to the host, once the launch is not started again. Default: <see cref="LaunchCrash.StopHost"/>.</summary>
    /// <param name="crash">The effect on the host.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="crash"/> is none of its values.</exception>
    public LaunchBuilder WhenCrashed(LaunchCrash crash)
    {
        this.registration.WhenCrashed = Enum.IsDefined(crash) ? crash : throw new ArgumentOutOfRangeException(nameof(crash), crash, $"The crash of launch '{this.Name}' does none of these.");
        return this;
    }

    /// <summary>Starts the launch again when it crashes, as <see cref="SupervisedLauncherExtensions.Supervised"/> does.</summary>
    /// <param name="configure">
    /// Sets when it is started again; null for the defaults. Several calls, and those of <see cref="BindConfiguration"/>, add up in their order. A
    /// <see cref="SupervisionOptions.MaxDelay"/> that is shorter than the <see cref="SupervisionOptions.Delay"/> then fails the start of the host.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public LaunchBuilder Supervised(Action<SupervisionOptions>? configure = null)
    {
        SupervisionOptions.CheckEach(configure);
        this.registration.IsSupervised = true;
        if (configure is not null)
        {
            this.registration.Supervision.Add((_, options) => configure(options));
        }

        return this;
    }
}
