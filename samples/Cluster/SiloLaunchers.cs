using System.Globalization;
using SafeLaunch;

namespace Cluster;

/// <summary>Makes the launchers of silos, in this process or in child processes. Each silo has its own thread, page and handle.</summary>
internal static class SiloLaunchers
{
    private const string Name = "SILO_NAME";
    private const string Ports = "SILO_PORTS";
    private const string First = "SILO_FIRST";

    public static Launcher InThisProcess(string name, Action<ISiloBuilder> join) => Launcher.For(() => Silo.Run(name, join), options =>
    {
        options.Name = name;
        options.UseLoopback();
    });

    /// <summary>Only data crosses to another process. This silo finds the others on this machine.</summary>
    public static Launcher InChildProcess(string name, SiloPorts ports, SiloPorts first) => Launcher.For(RunInChild, options =>
    {
        options.Name = name;
        options.UseLoopback();
    }).InChildProcess(child =>
    {
        child.EnvironmentVariables[Name] = name;
        child.EnvironmentVariables[Ports] = Format(ports);
        child.EnvironmentVariables[First] = Format(first);
    });

    private static void RunInChild() => Silo.Run(Read(Name), Membership.OnThisMachine(Parse(Read(Ports)), Parse(Read(First))));

    private static string Read(string variable) => Environment.GetEnvironmentVariable(variable)!;

    private static string Format(SiloPorts ports) => string.Create(CultureInfo.InvariantCulture, $"{ports.Silo},{ports.Gateway}");

    private static SiloPorts Parse(string ports)
    {
        var parts = Array.ConvertAll(ports.Split(','), part => int.Parse(part, CultureInfo.InvariantCulture));
        return new(parts[0], parts[1]);
    }
}
