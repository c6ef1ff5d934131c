namespace SafeLaunch.Wire;

/// <summary>The first number of a message. The numbers stay, so that another version of the first message is recognized.</summary>
internal enum MessageKind
{
    Hello = 1,
    Order = 2,
    Ready = 3,
    Addresses = 4,
    Log = 5,
    Ending = 6,
    Ended = 7,
    Stop = 8,
    GraceEnd = 9,
    Dismissal = 10,
}
