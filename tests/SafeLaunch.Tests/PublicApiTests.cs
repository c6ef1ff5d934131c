using System.Reflection;

namespace SafeLaunch.Tests;

/// <summary>The rules that hold for everything public.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] PublicTypes = typeof(Launcher).Assembly.GetExportedTypes();

    [Test]
    public void All_types_but_exceptions_and_LaunchOptions_are_sealed() =>
        Assert.That(
            PublicTypes.Where(type => !type.IsSealed && !type.IsInterface && !typeof(Exception).IsAssignableFrom(type) && type != typeof(LaunchOptions)),
            Is.Empty);

    [Test]
    public void Types_are_all_in_the_one_namespace() =>
        Assert.That(PublicTypes.Select(type => type.Namespace).Distinct(), Is.EqualTo(new[] { "SafeLaunch" }));

    [TestCase(typeof(LaunchHandle))]
    [TestCase(typeof(LaunchContext))]
    [TestCase(typeof(LaunchOutcome))]
    public void Types_that_only_a_launch_hands_out_have_no_public_constructor(Type type) => Assert.That(type.GetConstructors(), Is.Empty);

    [Test]
    public void The_handle_is_disposable_either_way()
    {
        Assert.That(typeof(LaunchHandle).GetInterfaces(), Is.SupersetOf(new[] { typeof(IDisposable), typeof(IAsyncDisposable) }));
    }

    [Test]
    public void Asynchronous_methods_and_no_others_have_names_that_end_in_Async() =>
        Assert.That(
            from type in PublicTypes
            from method in type.GetMethods(Declared)
            where !method.IsSpecialName && IsAwaitable(method.ReturnType) != method.Name.EndsWith("Async", StringComparison.Ordinal)
            select $"{type.Name}.{method.Name}",
            Is.Empty);

    [Test]
    public void Enums_begin_at_zero_and_have_the_values_that_are_promised()
    {
        var values =
            from type in PublicTypes
            where type.IsEnum
            orderby type.Name
            select $"{type.Name}: {string.Join(", ", Enum.GetNames(type).Select(name => $"{name} = {(int)Enum.Parse(type, name)}"))}";

        Assert.That(values, Is.EqualTo(new[]
        {
            "BlockingWaitBehavior: Pump = 0, Block = 1",
            "LaunchOutcomeKind: Stopped = 0, Returned = 1, Crashed = 2, Abandoned = 3, Killed = 4",
            "LaunchState: NotStarted = 0, Starting = 1, Running = 2, Restarting = 3, Stopping = 4, Ended = 5",
            "UnhandledExceptionBehavior: StopLaunch = 0, Log = 1",
        }));
    }

    [Test]
    public void Exceptions_have_the_usual_constructors()
    {
        var exceptions = PublicTypes.Where(typeof(Exception).IsAssignableFrom).ToArray();

        Assert.That(exceptions, Is.EquivalentTo(new[] { typeof(LaunchException), typeof(LaunchTimeoutException) }));
        foreach (var type in exceptions)
        {
            var inner = new InvalidOperationException();
            var error = (Exception)Activator.CreateInstance(type, "message", inner)!;
            Assert.That(error.Message, Is.EqualTo("message"));
            Assert.That(error.InnerException, Is.SameAs(inner));
            Assert.That(((Exception)Activator.CreateInstance(type, "message")!).Message, Is.EqualTo("message"));
            Assert.That(Activator.CreateInstance(type), Is.InstanceOf<LaunchException>());
        }
    }

    private static bool IsAwaitable(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));
}
