using System.Text.Json.Serialization;

namespace PlainPlugin;

public sealed record Message(string Text);

[JsonSerializable(typeof(Message))]
internal sealed partial class MessageContext : JsonSerializerContext;
