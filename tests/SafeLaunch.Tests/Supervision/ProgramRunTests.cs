using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using SafeLaunch.Programs;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

/// <summary>A program in one launch, without a launch.</summary>
public sealed class ProgramRunTests
{
    private static readonly InvalidOperationException Error = new("program");
    private static readonly string[] Args = ["bread", "milk"];

    private readonly FakeLogger log = new();

    [SetUp]
    public void Clear() => this.log.Collector.Clear();

    [Test]
    public void Main_gets_a_copy_of_the_arguments_if_it_takes_any()
    {
        var first = Run(nameof(MainWithArguments)).Call();
        var second = Run(nameof(MainWithArguments)).Call();

        Assert.That(first, Is.EqualTo(Args).And.Not.SameAs(Args).And.Not.SameAs(second));
        Assert.That(Run(nameof(MainWithoutArguments)).Call(), Is.EqualTo(3));
    }

    [Test]
    public void An_exception_of_Main_is_thrown_as_it_is() =>
        Assert.That(() => Run(nameof(MainThatThrows)).Call(), Throws.Exception.SameAs(Error));

    [Test]
    public void The_code_of_a_program_is_released_once_and_only_if_it_was_loaded()
    {
        var released = new List<string>();
        var run = Run(nameof(MainWithoutArguments), released.Add);
        run.Release("early", this.log);
        run.Call();

        run.Release("shop", this.log);
        run.Release("late", this.log);

        Assert.That(released, Is.EqualTo(new[] { "shop" }));
        Assert.That(this.log.Collector.GetSnapshot(), Is.Empty);
    }

    [Test]
    public void An_error_of_the_release_is_logged()
    {
        var run = Run(nameof(MainWithoutArguments), _ => throw Error);
        run.Call();

        run.Release("shop", this.log);

        var line = this.log.Collector.GetSnapshot().Single();
        Assert.That((line.Id.Id, line.Exception), Is.EqualTo((LogEvents.ErrorWhileEnding, Error)));
        Assert.That(line.Message, Does.Contain("'shop'"));
    }

    private static string[] MainWithArguments(string[] args) => args;

    private static int MainWithoutArguments() => 3;

    private static void MainThatThrows() => throw Error;

    private static ProgramRun Run(string main, Action<string>? release = null) =>
        new(new StubProgram(typeof(ProgramRunTests).GetMethod(main, BindingFlags.Static | BindingFlags.NonPublic)!, release), Args, isProcessEntry: false);

    private sealed class StubProgram(MethodInfo main, Action<string>? release) : IProgram, ILoadedProgram
    {
        public string Name => "Shop";

        public string Location => "";

        public Guid Module => main.Module.ModuleVersionId;

        public int EntryPoint => main.MetadataToken;

        public MethodInfo Main => main;

        public ILoadedProgram Load() => this;

        public void Release(string launch, ILogger logger) => release?.Invoke(launch);
    }
}
