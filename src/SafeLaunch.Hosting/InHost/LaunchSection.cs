using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace SafeLaunch.InHost;

/// <summary>A section of the host's configuration that sets the options of a launch. It names the path of each key that is wrong.</summary>
internal sealed class LaunchSection(IConfigurationSection section, LaunchRegistration registration)
{
    private const string Supervision = "Supervision";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly OptionKeys<LaunchOptions> OfLaunch = new(
    [
        new(nameof(LaunchOptions.StartTimeout), OptionKey.Time<LaunchOptions>((options, value) => options.StartTimeout = value)),
        new(nameof(LaunchOptions.StopTimeout), OptionKey.Time<LaunchOptions>((options, value) => options.StopTimeout = value)),
        new(nameof(LaunchOptions.InterruptAfter), OptionKey.Time<LaunchOptions>((options, value) => options.InterruptAfter = value, positive: false)),
        new(nameof(LaunchOptions.BlockingWaits), OptionKey.Name<LaunchOptions, BlockingWaitBehavior>((options, value) => options.BlockingWaits = value)),
        new(nameof(LaunchOptions.UnservedWorkTimeout), OptionKey.Time<LaunchOptions>((options, value) => options.UnservedWorkTimeout = value)),
        new(nameof(LaunchOptions.UnhandledExceptions), OptionKey.Name<LaunchOptions, UnhandledExceptionBehavior>((options, value) => options.UnhandledExceptions = value)),
        new(nameof(LaunchOptions.FlowExecutionContext), OptionKey.YesOrNo<LaunchOptions>((options, value) => options.FlowExecutionContext = value)),
        new(nameof(LaunchOptions.HandleSignals), OptionKey.YesOrNo<LaunchOptions>((options, value) => options.HandleSignals = value)),
        new(nameof(LaunchOptions.RouteConsoleInput), OptionKey.YesOrNo<LaunchOptions>((options, value) => options.RouteConsoleInput = value)),
        new(nameof(LaunchOptions.KeepLogLines), OptionKey.YesOrNo<LaunchOptions>((options, value) => options.KeepLogLines = value)),
        new(nameof(LaunchOptions.Configuration), SetConfiguration),
    ]);

    private static readonly OptionKeys<ProgramOptions> OfProgram = new(
    [
        new(nameof(ProgramOptions.Args), OptionKey.Texts<ProgramOptions>(AddArgs)),
        new(nameof(ProgramOptions.Environment), OptionKey.Text<ProgramOptions>((options, value) => options.Environment = value)),
        new(nameof(ProgramOptions.ContentRoot), OptionKey.Folder<ProgramOptions>((options, value) => options.ContentRoot = value)),
        new(nameof(ProgramOptions.PassHostArguments), OptionKey.YesOrNo<ProgramOptions>((options, value) => options.PassHostArguments = value)),
        new(nameof(ProgramOptions.SetEntryAssembly), OptionKey.YesOrNo<ProgramOptions>((options, value) => options.SetEntryAssembly = value)),
    ]);

    private static readonly OptionKeys<HostedOptions> OfHosted = new(
    [
        new(nameof(HostedOptions.DrainFor), OptionKey.Time<HostedOptions>((options, value) => options.DrainFor = value, positive: false, Day)),
    ]);

    private static readonly OptionKeys<SupervisionOptions> OfSupervision = new(
    [
        new(nameof(SupervisionOptions.Delay), OptionKey.Time<SupervisionOptions>((options, value) => options.Delay = value, positive: false, Day)),
        new(nameof(SupervisionOptions.MaxDelay), OptionKey.Time<SupervisionOptions>((options, value) => options.MaxDelay = value, positive: false, Day)),
        new(nameof(SupervisionOptions.UseJitter), OptionKey.YesOrNo<SupervisionOptions>((options, value) => options.UseJitter = value)),
        new(nameof(SupervisionOptions.MaxRestarts), OptionKey.Count<SupervisionOptions>((options, value) => options.MaxRestarts = value)),
        new(nameof(SupervisionOptions.Period), OptionKey.Time<SupervisionOptions>((options, value) => options.Period = value, atMost: Day)),
        new(nameof(SupervisionOptions.ResetAfter), OptionKey.Time<SupervisionOptions>((options, value) => options.ResetAfter = value, atMost: Day)),
        new(nameof(SupervisionOptions.KeepAddress), OptionKey.YesOrNo<SupervisionOptions>((options, value) => options.KeepAddress = value)),
        new(nameof(SupervisionOptions.RetryFirstStart), OptionKey.YesOrNo<SupervisionOptions>((options, value) => options.RetryFirstStart = value)),
    ]);

    /// <summary>Sets the options of the launch.</summary>
    /// <exception cref="OptionsValidationException">A key is unknown, or its value is wrong.</exception>
    public void Apply(LaunchOptions options) =>
        this.ThrowIfAny<LaunchOptions>(section.GetChildren().Where(key => !IsSupervision(key) && !OfHosted.Has(key.Key)).Select(key => Set(key, options)));

    /// <summary>Sets how the launch lives in its host.</summary>
    /// <exception cref="OptionsValidationException">A value is wrong.</exception>
    public void Apply(HostedOptions options) =>
        this.ThrowIfAny<HostedOptions>(section.GetChildren().Where(key => OfHosted.Has(key.Key)).Select(key => OfHosted.Set(options, key)));

    /// <summary>Sets how the launch is started again.</summary>
    /// <exception cref="OptionsValidationException">A key is unknown, or its value is wrong.</exception>
    public void Apply(SupervisionOptions options) =>
        this.ThrowIfAny<SupervisionOptions>(section.GetSection(Supervision).GetChildren().Select(key => OfSupervision.Has(key.Key)
            ? OfSupervision.Set(options, key)
            : $"{key.Path} is no option of supervision. The configuration can set {string.Join(", ", OfSupervision.Names)}."));

    /// <summary>Checks all keys, before any start. It sets nothing that a start has.</summary>
    /// <exception cref="OptionsValidationException">A key is unknown, its value is wrong, or the launch is not supervised and has keys for that.</exception>
    public void Check()
    {
        var options = registration.IsProgram ? new ProgramOptions { Name = registration.Name } : new LaunchOptions { Name = registration.Name };
        this.Apply(options);
        this.ThrowIfAny<LaunchOptions>([this.FaultOfStop(options)]);
        this.Apply(new HostedOptions());
        if (registration.IsSupervised)
        {
            this.Apply(new SupervisionOptions());
        }
        else if (section.GetSection(Supervision).Exists())
        {
            this.ThrowIfAny<SupervisionOptions>([$"{section.GetSection(Supervision).Path} is set, and the launch is not supervised. Call {nameof(LaunchBuilder.Supervised)} where it is added."]);
        }
    }

    private static bool IsSupervision(IConfigurationSection key) => key.Key.Equals(Supervision, StringComparison.OrdinalIgnoreCase);

    private static string? SetConfiguration(LaunchOptions options, IConfigurationSection key)
    {
        foreach (var (path, value) in key.AsEnumerable(makePathsRelative: true).Where(entry => entry.Value is not null))
        {
            options.Configuration[path] = value;
        }

        return null;
    }

    private static void AddArgs(ProgramOptions options, IEnumerable<string> args)
    {
        foreach (var arg in args)
        {
            options.Args.Add(arg);
        }
    }

    /// <summary>Sets the option that a key names.</summary>
    /// <returns>The fault of the key; null if it has none.</returns>
    private static string? Set(IConfigurationSection key, LaunchOptions options)
    {
        if (OfLaunch.Has(key.Key))
        {
            return OfLaunch.Set(options, key);
        }

        if (!OfProgram.Has(key.Key))
        {
            return $"{key.Path} is no option of a launch. The configuration can set {string.Join(", ", [.. OfLaunch.Names, .. OfHosted.Names, Supervision])}, and of a program {string.Join(", ", OfProgram.Names)}.";
        }

        return options is ProgramOptions program
            ? OfProgram.Set(program, key)
            : $"{key.Path} is an option of a program, and the launch was added with a delegate.";
    }

    /// <summary>Where the section sets only one of the two times, other code may set the other one, and the start of the launch checks them.</summary>
    private string? FaultOfStop(LaunchOptions options)
    {
        var (interruptAfter, stopTimeout) = (section.GetSection(nameof(options.InterruptAfter)), section.GetSection(nameof(options.StopTimeout)));
        return interruptAfter.Exists() && stopTimeout.Exists() && options.InterruptAfter > options.StopTimeout
            ? $"{interruptAfter.Path} is '{interruptAfter.Value}', and must be at most {stopTimeout.Path}, which is '{stopTimeout.Value}'."
            : null;
    }

    /// <typeparam name="TOptions">The options that the section cannot set.</typeparam>
    private void ThrowIfAny<TOptions>(IEnumerable<string?> faults)
    {
        string[] found = [.. faults.OfType<string>().Select(fault => $"Launch '{registration.Name}': {fault}")];
        if (found.Length > 0)
        {
            throw new OptionsValidationException(registration.Name, typeof(TOptions), found);
        }
    }
}
