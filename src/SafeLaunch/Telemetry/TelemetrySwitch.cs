#if NET9_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
#endif

namespace SafeLaunch.Telemetry;

/// <summary>Whether SafeLaunch has metrics and traces. A program can leave them out; trimming then removes them, from .NET 9 on.</summary>
internal static class TelemetrySwitch
{
    private const string Name = "SafeLaunch.Telemetry.IsSupported";

#if NET9_0_OR_GREATER
    [FeatureSwitchDefinition(Name)]
#endif
    public static bool IsOn { get; } = !AppContext.TryGetSwitch(Name, out var isOn) || isOn;
}
