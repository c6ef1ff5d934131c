using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SafeLaunch.InHost;

/// <summary>What one AddLaunch has said.</summary>
/// <param name="name">The name of the launch.</param>
/// <param name="launcher">Makes its launcher, at each start. The delegate sets the options.</param>
internal sealed class LaunchRegistration(string name, Func<IServiceProvider, Action<LaunchOptions>, Launcher> launcher)
{
    public string Name { get; } = name;

    /// <summary>Whether its launcher is made with options that other code can set.</summary>
    public bool HasOptions { get; init; } = true;

    /// <summary>Whether its launcher launches a whole program, with <see cref="ProgramOptions"/>.</summary>
    public bool IsProgram { get; init; }

    public LaunchStart StartWhen { get; set; }

    public LaunchCrash WhenCrashed { get; set; }

    public List<string> After { get; } = [];

    /// <summary>What sets how it lives in its host, in the order of the calls.</summary>
    public List<Action<IServiceProvider, HostedOptions>> Hosted { get; } = [];

    /// <summary>What sets how it is started again, in the order of the calls.</summary>
    public List<Action<IServiceProvider, SupervisionOptions>> Supervision { get; } = [];

    public bool IsSupervised { get; set; }

    /// <summary>What sets its options, in the order of the calls.</summary>
    public List<Action<IServiceProvider, LaunchOptions>> Options { get; } = [];

    /// <summary>The sections of the configuration that are checked when the host starts.</summary>
    public List<string> Sections { get; } = [];

    /// <exception cref="OptionsValidationException">A key of a section is wrong, or the options of supervision do not fit each other.</exception>
    public void Check(IServiceProvider services)
    {
        foreach (var section in this.Sections)
        {
            this.SectionOf(services, section).Check();
        }

        if (this.IsSupervised)
        {
            this.CheckSupervision(services);
        }
    }

    public LaunchSection SectionOf(IServiceProvider services, string section) =>
        new(services.GetRequiredService<IConfiguration>().GetSection(section), this);

    public HostedOptions MakeHostedOptions(IServiceProvider services)
    {
        var options = new HostedOptions();
        this.Hosted.ForEach(set => set(services, options));
        return options;
    }

    public Launcher MakeLauncher(IServiceProvider services, Action<LaunchOptions> setDefaults)
    {
        var made = launcher(services, options =>
        {
            setDefaults(options);
            foreach (var set in this.Options)
            {
                set(services, options);
            }

            // The delegates cannot rename it.
            options.Name = this.Name;
            this.CheckOptions(options);
        });
        return this.IsSupervised ? made.Supervised(options => this.SetSupervision(services, options)) : made;
    }

    private void SetSupervision(IServiceProvider services, SupervisionOptions options) => this.Supervision.ForEach(set => set(services, options));

    /// <summary>Each option may be right by itself, as a MaxDelay that is shorter than the Delay of other code.</summary>
    private void CheckSupervision(IServiceProvider services)
    {
        try
        {
            _ = SupervisionOptions.From(options => this.SetSupervision(services, options));
        }
        catch (ArgumentException e)
        {
            throw this.Misfit(typeof(SupervisionOptions), this.Sections.Select(section => $"{section}:Supervision"), e);
        }
    }

    /// <summary>As an InterruptAfter of the section that is longer than the StopTimeout of other code.</summary>
    private void CheckOptions(LaunchOptions options)
    {
        try
        {
            _ = options.Validated(nameof(options));
        }
        catch (ArgumentException e) when (this.Sections.Count > 0)
        {
            throw this.Misfit(typeof(LaunchOptions), this.Sections, e);
        }
    }

    private OptionsValidationException Misfit(Type options, IEnumerable<string> paths, ArgumentException error)
    {
        var place = this.Sections.Count > 0 ? $"{string.Join(", ", paths)}: " : string.Empty;
        return new(this.Name, options, [$"Launch '{this.Name}': {place}{error.Message}"]);
    }
}
