namespace SafeLaunch.Wire;

/// <summary>One message between a launch and its child process. It is data alone.</summary>
internal abstract record Message
{
    public abstract MessageKind Kind { get; }

    /// <summary>Writes all but the kind. Its reader is in <see cref="MessageFormat"/>.</summary>
    public virtual void Write(DataWriter data)
    {
        // Some messages say all by their kind.
    }
}

/// <summary>The first message of the child. Without the token it is a stranger.</summary>
internal sealed record Hello(string Token, int Version) : Message
{
    public const int CurrentVersion = 1;

    public override MessageKind Kind => MessageKind.Hello;

    public override void Write(DataWriter data)
    {
        data.Write(this.Token);
        data.Write(this.Version);
    }
}

/// <summary>The child has started the launch, and callers may connect.</summary>
internal sealed record ReadyNotice(string[] Addresses) : Message
{
    public override MessageKind Kind => MessageKind.Ready;

    public override void Write(DataWriter data) => data.Write(this.Addresses);
}

/// <summary>All addresses, once there are more of them.</summary>
internal sealed record MoreAddresses(string[] Addresses) : Message
{
    public override MessageKind Kind => MessageKind.Addresses;

    public override void Write(DataWriter data) => data.Write(this.Addresses);
}

/// <summary>One entry of a log of the child.</summary>
internal sealed record LogEntry(string Category, int Level, int EventId, string? EventName, string Text, ChildError? Error) : Message
{
    public override MessageKind Kind => MessageKind.Log;

    public override void Write(DataWriter data)
    {
        data.Write(this.Category);
        data.Write(this.Level);
        data.Write(this.EventId);
        data.Write(this.EventName);
        data.Write(this.Text);
        ChildError.Write(this.Error, data);
    }
}

/// <summary>The launch begins to end in the child.</summary>
internal sealed record Ending(LaunchOutcomeKind Cause, string Sentence, ChildError? Error) : Message
{
    public override MessageKind Kind => MessageKind.Ending;

    public override void Write(DataWriter data)
    {
        data.Write((int)this.Cause);
        data.Write(this.Sentence);
        ChildError.Write(this.Error, data);
    }
}

/// <summary>The launch has ended in the child, which waits to be dismissed.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Sentence">One sentence for people.</param>
/// <param name="Error">An error that it met while it ended; null for none.</param>
internal sealed record Ended(LaunchOutcomeKind Outcome, string Sentence, ChildError? Error) : Message
{
    public override MessageKind Kind => MessageKind.Ended;

    public override void Write(DataWriter data)
    {
        data.Write((int)this.Outcome);
        data.Write(this.Sentence);
        ChildError.Write(this.Error, data);
    }
}

/// <summary>The child is to stop the launch.</summary>
internal sealed record StopOrder(string Sentence) : Message
{
    public override MessageKind Kind => MessageKind.Stop;

    public override void Write(DataWriter data) => data.Write(this.Sentence);
}

/// <summary>The time in which the launched code may end by itself is over.</summary>
internal sealed record GraceEnd : Message
{
    public override MessageKind Kind => MessageKind.GraceEnd;
}

/// <summary>The child may end.</summary>
internal sealed record Dismissal : Message
{
    public override MessageKind Kind => MessageKind.Dismissal;
}
