// Launches one of the templates that it refers to, as often as the lines of its input say:
//   start            on a free port
//   start ADDRESS    at an address
//   stop             the oldest launch that runs
// Each line is answered by one line. Arguments: the program, how to launch it ("entry-point" or "delegate"), its environment ("" for
// none), and entries of Configuration as key=value.
using System.Reflection;
using SafeLaunch;

var (program, how, environment, configuration) = (args[0], args[1], args[2], args[3..].Select(entry => entry.Split('=', 2)).ToArray());
var handles = new Queue<LaunchHandle>();
while (Console.ReadLine() is { } line)
{
    try
    {
        Console.WriteLine(line.Split(' ') switch
        {
            ["start"] => Start(options => options.UseLoopback()),
            ["start", var address] => Start(options => options.UseUrls(address)),
            _ => $"answer {handles.Dequeue().Stop().Kind}",
        });
    }
    catch (Exception e)
    {
        Console.WriteLine("answer " + e.ToString().ReplaceLineEndings(" "));
    }
}

string Start(Action<LaunchOptions> place)
{
    var launcher = how == "entry-point" ? Launcher.ForProgram(program, options =>
    {
        options.Environment = environment.Length > 0 ? environment : null;
        Configure(options);
    }) : ByDelegate();
    var handle = launcher.Start();
    handles.Enqueue(handle);
    return $"answer {string.Join(' ', handle.Addresses)}";

    Launcher ByDelegate()
    {
        var options = new LaunchOptions();
        Configure(options);
        var main = Assembly.Load(program).EntryPoint!.CreateDelegate<Action<string[]>>();
        string[] arguments =
        [
            $"--applicationName={program}", $"--contentRoot={Path.Combine(AppContext.BaseDirectory, "../../../..", program)}", $"--environment={environment}",
        ];
        return new(() => main(arguments), options);
    }

    void Configure(LaunchOptions options)
    {
        foreach (var entry in configuration)
        {
            options.Configuration[entry[0]] = entry[1];
        }

        place(options);
    }
}
