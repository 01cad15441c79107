using Reasoners.ReAct;

namespace Reasoners.Tests.ReAct;

/// <summary>Outcomes of the toolkit's patterns, computed once with Python's <c>re</c> and kept as a table.</summary>
public sealed class StrictGrammarTable : TheoryData<string, ReActReply>
{
    private static readonly (string Reply, ReActReply Outcome)[] s_rows =
    [
        ("Thought: t\nAction: add\nAction Input: {\"a\": 1}", Action("add", "{\"a\": 1}")),
        ("Thought: t\nAction: add\nAction Input: {\"a\": 1}\n", Action("add", "{\"a\": 1}")),
        ("Thought: t\nAction: add\nAction Input: {\"a\": 1}\n\n", Action("add", "{\"a\": 1}\n")),
        ("Thought: t\nAction: add\nAction Input: {\"a\": 1}\nObservation", Action("add", "{\"a\": 1}")),
        ("Thought: t\nAction: add\nAction Input: {\"a\": 1}\nObservation: 3", Action("add", "{\"a\": 1}")),
        ("Thought: t\nAction: add\nAction Input: {\"a\": 1} Observation: 3", Action("add", "{\"a\": 1}")),
        ("Thought: t\nAction: add\nAction Input: {\"a\": 1}  \n\n  Observation: 3\nThought: more", Action("add", "{\"a\": 1}")),
        ("Thought: t\nAction: add\nAction Input: {\"a\": 1}Observation: 3", Action("add", "{\"a\": 1}Observation: 3")),
        ("Thought: t\nAction: add\nAction Input: {\"a\": 1}|Observation: 3", Action("add", "{\"a\": 1}")),
        ("Thought: t\nAction: add\nAction Input: {\"a\": 1} | Observation: 3", Action("add", "{\"a\": 1}")),
        ("Thought: t\nAction: add\nAction Input: {\"a\": 1}||Observation: 3", Action("add", "{\"a\": 1}|")),
        ("Thought: t\nAction: add\nAction Input: some observations here", Action("add", "some observations here")),
        ("Thought: t\nAction: add\nAction Input: the observation deck of the tower", Action("add", "the")),
        ("Thought: t\nAction: add\nAction Input:\nObservation: 3", Action("add", "Observation: 3")),
        ("Thought: t\nAction: add\nAction Input: \n\n", Action("add", "")),
        ("Thought: t\nAction: add\nAction Input:", Action("add", "")),
        ("Thought: t\nAction: add\nAction Input: None", Action("add", "None")),
        ("Thought: t\nAction: add\nAction Input: \"quoted text\"", Action("add", "quoted text")),
        ("Thought: t\nAction: add\nAction Input: \"\"quoted\"\" ", Action("add", "quoted")),
        ("Thought: t\nAction: add\nAction Input: {\"a\": \"b\"}", Action("add", "{\"a\": \"b\"}")),
        ("Thought: t\nAction: add\nAction Input: \"{\"a\": 1}\"", Action("add", "{\"a\": 1}")),
        ("Thought: t\nAction: add\nAction Input: \tspaced\t", Action("add", "spaced\t")),
        ("Thought: t\nAction: add\nAction Input:   padded   ", Action("add", "padded")),
        ("Thought: t\nAction: add\nInput: 5", Action("add", "5")),
        ("Thought: t\nAction 1: add\nAction Input 1: 5", Action("add", "5")),
        ("Thought: t\nAction 12 : add\nAction 12 Input 3 : 5", Action("add", "5")),
        ("Thought: t\nAction1:add\nAction1Input1:5", Action("add", "5")),
        ("ACTION: ADD\nACTION INPUT: X", Action("ADD", "X")),
        ("action: add\naction input: x", Action("add", "x")),
        ("aCtIoN: add\naCtIoN iNpUt: x", Action("add", "x")),
        ("Action: add Action Input: 5", Action("add", "5")),
        ("Action: add Input: 5", Action("add", "5")),
        ("Action:add Input:5", Action("add", "5")),
        ("Action: add\n\n\nAction Input: 5", Action("add", "5")),
        ("Action:\nadd\nAction Input:\n5", Action("add", "5")),
        ("Action\n:\nadd\nAction\nInput\n:\n5", Action("add", "5")),
        ("Action: a tool with many words\nAction Input: 5", Action("a tool with many words", "5")),
        ("Action: one\nAction: two\nAction Input: 5", Action("one\nAction: two", "5")),
        ("Action: one\nAction Input: 5\nAction: two\nAction Input: 6", Action("one", "5\nAction: two\nAction Input: 6")),
        ("Action: one\nAction Input: 5\nObservation: 9\nAction: two\nAction Input: 6", Action("one", "5")),
        ("Thought: my action: think\nAction: add\nAction Input: 5", Action("think\nAction: add", "5")),
        ("reaction: add\nAction Input: 5", Action("add", "5")),
        ("Action: myinput: 5", Action("my", "5")),
        ("Action: Action Input: 5", Action("", "5")),
        ("Action Input: 5", Fault(ReActFault.MissingAction)),
        ("Action Input: 5\nAction: add", Fault(ReActFault.Unreadable)),
        ("Input: 5\nThought: t\nAction: add", Fault(ReActFault.Unreadable)),
        ("Action: add", Fault(ReActFault.MissingActionInput)),
        ("Thought: t\nAction: add\n", Fault(ReActFault.MissingActionInput)),
        ("Action:", Fault(ReActFault.MissingActionInput)),
        ("action", Fault(ReActFault.MissingAction)),
        ("Action add\nAction Input: 5", Fault(ReActFault.MissingAction)),
        ("Thought: t", Fault(ReActFault.MissingAction)),
        ("Thought: I should just say it", Fault(ReActFault.MissingAction)),
        ("", Fault(ReActFault.MissingAction)),
        ("   \n\t ", Fault(ReActFault.MissingAction)),
        ("The answer is 42.", Fault(ReActFault.MissingAction)),
        ("Question: what?", Fault(ReActFault.MissingAction)),
        ("Final Answer: 42", Answer("42")),
        ("Thought: t\nFinal Answer: 42", Answer("42")),
        ("Thought: t\nFinal Answer: 42\n\n", Answer("42")),
        ("Thought: t\nFinal Answer:\n42\nand more\n", Answer("42\nand more")),
        ("Thought: t\nFinal Answer:", Answer("")),
        ("final answer: 42", Answer("42")),
        ("FINAL   ANSWER : 42", Answer("42")),
        ("Final\nAnswer: 42", Answer("42")),
        ("FinalAnswer: 42", Fault(ReActFault.MissingAction)),
        ("Final Answer 42", Fault(ReActFault.MissingAction)),
        ("Final Answers: 42", Fault(ReActFault.MissingAction)),
        ("The final answer: 42", Answer("42")),
        ("Final Answer: the final answer: 42", Answer("the final answer: 42")),
        ("Semifinal answer: 42", Answer("42")),
        ("Final Answer: 42\nAction: add", Answer("42\nAction: add")),
        ("Final Answer: 42\nAction: add\nAction Input: 5", Fault(ReActFault.AnswerAndAction)),
        ("Action: add\nAction Input: 5\nFinal Answer: 42", Fault(ReActFault.AnswerAndAction)),
        ("Action: add\nFinal Answer: 42", Answer("42")),
        ("Action Input: 5\nFinal Answer: 42", Answer("42")),
        ("Final Answer: use the action: jump", Answer("use the action: jump")),
        ("**Action:** add\n**Action Input:** 5", Action("** add\n**", "** 5")),
        ("**Final Answer:** 42", Answer("** 42")),
        ("```\nAction: add\nAction Input: 5\n```", Action("add", "5\n```")),
        ("Action: add\nAction Input: ```json\n{\"a\": 1}\n```", Action("add", "```json\n{\"a\": 1}\n```")),
        ("Action: add\u00a0\nAction\u00a0Input:\u00a05", Action("add", "5")),
        ("Action\u001c: add\u001fInput: 5", Action("add", "5")),
        ("Action \u0663: add\nInput \u0664: 5", Action("add", "5")),
        ("Action: add\r\nAction Input: 5\r\nObservation: 1", Action("add", "5")),
        ("Action: add\nAction Input: 5 observation_1", Action("add", "5 observation_1")),
        ("Action: add\nAction Input: see below\nobservation", Action("add", "see below")),
        ("Action: add\nAction Input: line one\nline two\nline three", Action("add", "line one\nline two\nline three")),
    ];

    public StrictGrammarTable()
    {
        foreach (var (reply, outcome) in s_rows)
            Add(reply, outcome);
    }

    private static ReActAction Action(string tool, string input) => new(tool, input);

    private static ReActAnswer Answer(string text) => new(text);

    private static ReActMalformed Fault(ReActFault fault) => new(fault);
}
