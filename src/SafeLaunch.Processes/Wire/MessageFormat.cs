namespace SafeLaunch.Wire;

/// <summary>
/// Makes bytes of messages, and messages of bytes. No serializer does it: a child process reads its order while none of its code is compiled, and
/// a serializer of JSON was more than half of the methods that it compiled for its launch.
/// </summary>
internal static class MessageFormat
{
    public static byte[] BytesOf(Message message)
    {
        using var data = new DataWriter();
        data.Write((int)message.Kind);
        message.Write(data);
        return data.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no message.</exception>
    public static Message Read(byte[] bytes)
    {
        using var data = new DataReader(bytes);
        try
        {
            return Read((MessageKind)data.ReadInt(), data);
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or FormatException)
        {
            throw new InvalidDataException("The message is no message of SafeLaunch.", e);
        }
    }

    private static Message Read(MessageKind kind, DataReader data) => kind switch
    {
        MessageKind.Hello => new Hello(data.ReadText(), data.ReadInt()),
        MessageKind.Order => Order.Read(data),
        MessageKind.Ready => new ReadyNotice(data.ReadTexts()),
        MessageKind.Addresses => new MoreAddresses(data.ReadTexts()),
        MessageKind.Log => new LogEntry(data.ReadText(), data.ReadInt(), data.ReadInt(), data.ReadOptionalText(), data.ReadText(), ChildError.Read(data)),
        MessageKind.Ending => new Ending((LaunchOutcomeKind)data.ReadInt(), data.ReadText(), ChildError.Read(data)),
        MessageKind.Ended => new Ended((LaunchOutcomeKind)data.ReadInt(), data.ReadText(), ChildError.Read(data)),
        MessageKind.Stop => new StopOrder(data.ReadText()),
        MessageKind.GraceEnd => new GraceEnd(),
        MessageKind.Dismissal => new Dismissal(),
        _ => throw new InvalidDataException($"There is no message of kind {kind}."),
    };
}
