using SafeLaunch.Wire;

namespace SafeLaunch.Processes.Tests.Wire;

/// <summary>The messages between a launch and its child process, as bytes and back.</summary>
public sealed class MessageFormatTests
{
    private static readonly ChildError Error = new("Shop.ClosedException", "The shop is closed.", "at Shop.Run()", new("System.IO.IOException", "No stock.", Stack: null, Inner: null));

    private static readonly MethodReference Method = new("Shop, Version=1.0.0.0", "/apps/Shop.dll", Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), 0x06000001, "Shop.Run");

    private static readonly Order OfMethod = new()
    {
        Name = "shop",
        StartTimeout = TimeSpan.FromSeconds(30),
        StopTimeout = Timeout.InfiniteTimeSpan,
        InterruptAfter = TimeSpan.FromSeconds(1),
        BlockingWaits = BlockingWaitBehavior.Block,
        UnservedWorkTimeout = Timeout.InfiniteTimeSpan,
        UnhandledExceptions = UnhandledExceptionBehavior.Log,
        RouteConsoleInput = true,
        Configuration = new(StringComparer.Ordinal) { ["Price"] = "4 €", ["None"] = null },
        LogLevel = 3,
        KeepLogLines = true,
        Web = new(StringComparer.Ordinal) { ["UseLoopback"] = "" },
        Method = Method,
        Configure = [Method, Method with { Token = 2 }],
        EarlierAddresses = ["http://127.0.0.1:80"],
    };

    private static readonly Order OfProgram = OfMethod with
    {
        InterruptAfter = null,
        LogLevel = null,
        KeepLogLines = false,
        Web = null,
        Method = null,
        Program = new() { Assembly = "Shop", Path = "/apps/Shop.dll", Args = ["--open", ""], Environment = "Night", ContentRoot = "/apps", PassHostArguments = true, SetEntryAssembly = true },
        Configure = [],
        EarlierAddresses = [],
    };

    private static readonly Message[] Messages =
    [
        new Hello("secret", 7),
        OfMethod,
        OfProgram,
        new ReadyNotice(["http://127.0.0.1:80", "unix:/tmp/shop"]),
        new MoreAddresses([]),
        new LogEntry("Shop", 4, 9, "Sold", "Sold bread.", Error),
        new LogEntry("Shop", 4, 9, EventName: null, "", Error: null),
        new Ending(LaunchOutcomeKind.Crashed, "It crashed.", Error),
        new Ended(LaunchOutcomeKind.Stopped, "It was asked to stop.", Error: null),
        new StopOrder("It was asked to stop."),
        new GraceEnd(),
        new Dismissal(),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        Messages.Select((message, number) => new TestCaseData(message).SetArgDisplayNames($"{message.Kind}, {number}"));

    [TestCaseSource(nameof(Cases))]
    public void A_message_is_read_as_it_was_written(object message) =>
        Assert.That(MessageFormat.Read(MessageFormat.BytesOf((Message)message)), Is.TypeOf(message.GetType()).And.EqualTo(message).UsingPropertiesComparer());

    [Test]
    public void The_cases_of_the_test_cover_every_MessageKind() =>
        Assert.That(Messages.Select(message => message.Kind).Distinct(), Is.EquivalentTo(Enum.GetValues<MessageKind>()));

    [TestCaseSource(nameof(Cases))]
    public void A_part_of_a_message_is_refused(object message)
    {
        var bytes = MessageFormat.BytesOf((Message)message);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.That(() => MessageFormat.Read(bytes[..length]), Throws.InstanceOf<InvalidDataException>(), $"{length} of {bytes.Length} bytes");
        }
    }

    [Test]
    public void A_message_that_claims_more_parts_than_it_has_bytes_is_refused()
    {
        var bytes = MessageFormat.BytesOf(new ReadyNotice([]));
        bytes[^1] = 0x7f;

        Assert.That(() => MessageFormat.Read(bytes), Throws.InstanceOf<InvalidDataException>().With.Message.Contain("parts"));
    }

    [Test]
    public void Bytes_of_another_language_are_refused() =>
        Assert.That(() => MessageFormat.Read("GET / HTTP/1.1\r\n"u8.ToArray()), Throws.InstanceOf<InvalidDataException>());
}
