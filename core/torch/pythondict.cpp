#include "core/torch/pythondict.h"

#include "core/torch/pickledict.h"

#include <ATen/ops/from_blob.h>

#include <caffe2/serialize/inline_container.h>
#include <cstring>
#include <memory>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

namespace digitpad {

namespace {

/// Whatever is wrong in a pickle.
class BadPickle : public BadFile
{
public:
    explicit BadPickle(const std::string& why)
        : BadFile("it is damaged or no dict of tensors\n" + why)
    {
    }
};

struct Value;
using ValuePtr = std::shared_ptr<Value>;

struct Value
{
    enum class Kind { Other, Mark, Int, Text, Global, Tuple, Dict, Storage, Tensor };

    Kind kind = Kind::Other;
    std::int64_t number = 0;
    std::string text;            ///< Of Text; "module name" of Global; a storage's key.
    std::vector<ValuePtr> items; ///< Of Tuple (lists too), and keys and values in turn of Dict.
    at::ScalarType type = at::kFloat;
    at::Tensor tensor;
};

ValuePtr make(Value::Kind kind, std::string text = {})
{
    auto value = std::make_shared<Value>();
    value->kind = kind;
    value->text = std::move(text);
    return value;
}

std::optional<at::ScalarType> scalarType(const std::string& storage)
{
    static const std::map<std::string, at::ScalarType> known{
        {"torch FloatStorage", at::kFloat}, {"torch DoubleStorage", at::kDouble},
        {"torch HalfStorage", at::kHalf},   {"torch BFloat16Storage", at::kBFloat16},
        {"torch LongStorage", at::kLong},   {"torch IntStorage", at::kInt},
        {"torch BoolStorage", at::kBool},   {"torch ByteStorage", at::kByte}};
    const auto found = known.find(storage);
    return found == known.end() ? std::nullopt : std::optional(found->second);
}

/// An interpreter of the part of Python's pickle language, protocol 2 and some of 4, that torch.save() uses.
class Unpickler
{
public:
    Unpickler(caffe2::serialize::PyTorchStreamReader& reader, std::string pickle)
        : m_reader(reader)
        , m_pickle(std::move(pickle))
    {
    }

    ValuePtr read()
    {
        while (true) {
            const auto opcode = static_cast<std::uint8_t>(take(1).front());
            if (opcode == '.') {
                return pop();
            }
            run(opcode);
        }
    }

private:
    std::string take(std::size_t count)
    {
        if (count > m_pickle.size() - m_at) {
            throw BadPickle("the pickle ends too early");
        }
        std::string bytes = m_pickle.substr(m_at, count);
        m_at += count;
        return bytes;
    }
    std::string line()
    {
        const auto end = m_pickle.find('\n', m_at);
        if (end == std::string::npos) {
            throw BadPickle("a name without an end");
        }
        std::string text = take(end - m_at);
        take(1);
        return text;
    }
    /// Little-endian, as pickles have it; the highest bit is the sign where `isSigned`.
    std::int64_t number(std::size_t bytes, bool isSigned = false)
    {
        const std::string text = take(bytes);
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < text.size() && i < 8; ++i) {
            value |= std::uint64_t{static_cast<std::uint8_t>(text[i])} << (8 * i);
        }
        if (isSigned && bytes > 0 && bytes < 8 && (value >> (8 * bytes - 1) & 1U) != 0) {
            value |= ~std::uint64_t{0} << (8 * bytes);
        }
        return static_cast<std::int64_t>(value);
    }

    void push(ValuePtr value) { m_stack.push_back(std::move(value)); }
    ValuePtr pop()
    {
        if (m_stack.empty()) {
            throw BadPickle("the pickle's stack is empty");
        }
        ValuePtr value = std::move(m_stack.back());
        m_stack.pop_back();
        return value;
    }
    const ValuePtr& top()
    {
        if (m_stack.empty()) {
            throw BadPickle("the pickle's stack is empty");
        }
        return m_stack.back();
    }
    std::vector<ValuePtr> popToMark()
    {
        std::vector<ValuePtr> items;
        for (ValuePtr value = pop(); value->kind != Value::Kind::Mark; value = pop()) {
            items.insert(items.begin(), value);
        }
        return items;
    }
    std::vector<ValuePtr> popSome(std::size_t count)
    {
        std::vector<ValuePtr> items;
        for (std::size_t i = 0; i < count; ++i) {
            items.insert(items.begin(), pop());
        }
        return items;
    }
    void pushTuple(std::vector<ValuePtr> items)
    {
        push(make(Value::Kind::Tuple));
        top()->items = std::move(items);
    }
    void pushInt(std::int64_t value)
    {
        push(make(Value::Kind::Int));
        top()->number = value;
    }
    void addTo(const ValuePtr& container, const std::vector<ValuePtr>& items)
    {
        container->items.insert(container->items.end(), items.begin(), items.end());
    }
    void recall(std::int64_t index)
    {
        const auto found = m_memo.find(index);
        if (found == m_memo.end()) {
            throw BadPickle("the pickle refers to nothing");
        }
        push(found->second);
    }

    void run(std::uint8_t opcode);
    void runContainer(std::uint8_t opcode);
    void reduce();
    void persistentId();
    ValuePtr tensorOf(const std::vector<ValuePtr>& arguments);

    caffe2::serialize::PyTorchStreamReader& m_reader;
    const std::string m_pickle;
    std::size_t m_at = 0;
    std::vector<ValuePtr> m_stack;
    std::map<std::int64_t, ValuePtr> m_memo;
};

void Unpickler::run(std::uint8_t opcode)
{
    switch (opcode) {
    case 0x80: // PROTO
        take(1);
        break;
    case 0x95: // FRAME
        take(8);
        break;
    case 'c': { // GLOBAL
        const std::string module = line();
        push(make(Value::Kind::Global, module + ' ' + line()));
        break;
    }
    case 'q': // BINPUT
        m_memo[number(1)] = top();
        break;
    case 'r': // LONG_BINPUT
        m_memo[number(4)] = top();
        break;
    case 0x94: // MEMOIZE
        m_memo[static_cast<std::int64_t>(m_memo.size())] = top();
        break;
    case 'h': // BINGET
        recall(number(1));
        break;
    case 'j': // LONG_BINGET
        recall(number(4));
        break;
    case 'J': // BININT
        pushInt(number(4, true));
        break;
    case 'K': // BININT1
        pushInt(number(1));
        break;
    case 'M': // BININT2
        pushInt(number(2));
        break;
    case 0x8A: // LONG1
        pushInt(number(static_cast<std::size_t>(number(1)), true));
        break;
    case 'X': // BINUNICODE
        push(make(Value::Kind::Text, take(static_cast<std::size_t>(number(4)))));
        break;
    case 0x8C: // SHORT_BINUNICODE
        push(make(Value::Kind::Text, take(static_cast<std::size_t>(number(1)))));
        break;
    case 'G': // BINFLOAT
        take(8);
        push(make(Value::Kind::Other));
        break;
    case 'N':  // NONE
    case 0x88: // NEWTRUE
    case 0x89: // NEWFALSE
        push(make(Value::Kind::Other));
        break;
    default:
        runContainer(opcode);
    }
}

void Unpickler::runContainer(std::uint8_t opcode)
{
    switch (opcode) {
    case '(': // MARK
        push(make(Value::Kind::Mark));
        break;
    case ')': // EMPTY_TUPLE
    case ']': // EMPTY_LIST
        pushTuple({});
        break;
    case 't': // TUPLE
        pushTuple(popToMark());
        break;
    case 0x85: // TUPLE1
    case 0x86: // TUPLE2
    case 0x87: // TUPLE3
        pushTuple(popSome(opcode - 0x84U));
        break;
    case '}': // EMPTY_DICT
        push(make(Value::Kind::Dict));
        break;
    case 'a': { // APPEND
        const auto items = popSome(1);
        addTo(top(), items);
        break;
    }
    case 's': { // SETITEM
        const auto items = popSome(2);
        addTo(top(), items);
        break;
    }
    case 'e':   // APPENDS
    case 'u': { // SETITEMS
        const auto items = popToMark();
        addTo(top(), items);
        break;
    }
    case 'b': // BUILD: attributes, which nothing here needs
        pop();
        break;
    case 'R':  // REDUCE
    case 0x81: // NEWOBJ
        reduce();
        break;
    case 'Q': // BINPERSID
        persistentId();
        break;
    default:
        throw BadPickle("an unknown opcode " + std::to_string(opcode));
    }
}

void Unpickler::reduce()
{
    const ValuePtr arguments = pop();
    const ValuePtr callee = pop();
    const std::string& name = callee->text;
    if (callee->kind != Value::Kind::Global) {
        throw BadPickle("a call of what is no name");
    }
    if (name == "collections OrderedDict") {
        push(make(Value::Kind::Dict));
    } else if (name == "torch._utils _rebuild_tensor_v2") {
        push(tensorOf(arguments->items));
    } else if (name.starts_with("torch._utils _rebuild_parameter") && !arguments->items.empty()) {
        push(arguments->items.front());
    } else {
        push(make(Value::Kind::Other));
    }
}

/// ("storage", torch.FloatStorage, key, device, count)
void Unpickler::persistentId()
{
    const ValuePtr id = pop();
    const auto& parts = id->items;
    if (parts.size() < 5 || parts[0]->text != "storage" || parts[2]->kind != Value::Kind::Text) {
        throw BadPickle("an unknown kind of reference");
    }
    const auto type = scalarType(parts[1]->text);
    if (!type) {
        throw BadPickle("numbers of the type " + parts[1]->text);
    }
    const ValuePtr storage = make(Value::Kind::Storage, parts[2]->text);
    storage->type = *type;
    push(storage);
}

/// (storage, offset, sizes, strides, ...)
ValuePtr Unpickler::tensorOf(const std::vector<ValuePtr>& arguments)
{
    if (arguments.size() < 4 || arguments[0]->kind != Value::Kind::Storage) {
        throw BadPickle("a tensor without its storage");
    }
    const auto numbers = [](const ValuePtr& tuple) {
        std::vector<std::int64_t> values;
        for (const ValuePtr& item : tuple->items) {
            values.push_back(item->number);
        }
        return values;
    };
    const auto sizes = numbers(arguments[2]);
    const auto strides = numbers(arguments[3]);
    auto [data, bytes] = m_reader.getRecord("data/" + arguments[0]->text);
    const at::ScalarType type = arguments[0]->type;
    const auto width = static_cast<std::int64_t>(c10::elementSize(type));
    const std::int64_t count = static_cast<std::int64_t>(bytes) / width;
    std::int64_t last = arguments[1]->number;
    bool empty = false;
    bool possible = sizes.size() == strides.size() && sizes.size() <= 8 && last >= 0 && last <= count;
    for (std::size_t i = 0; possible && i < sizes.size(); ++i) {
        possible = sizes[i] >= 0 && strides[i] >= 0 && sizes[i] <= count + 1 && strides[i] <= count + 1;
        empty = empty || sizes[i] == 0;
        last += possible && sizes[i] > 0 ? (sizes[i] - 1) * strides[i] : 0;
        possible = possible && last <= count;
    }
    if (!possible || (!empty && last >= count)) {
        throw BadPickle("a tensor larger than its storage");
    }
    const ValuePtr value = make(Value::Kind::Tensor);
    auto* begin = static_cast<char*>(data.get()) + arguments[1]->number * width;
    value->tensor = at::from_blob(begin, sizes, strides, at::TensorOptions().dtype(type)).clone();
    return value;
}

TensorDict tensorsOf(const Value& dict)
{
    TensorDict tensors;
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
        const Value& key = *dict.items[i];
        const Value& value = *dict.items[i + 1];
        if (key.kind == Value::Kind::Text && value.kind == Value::Kind::Tensor) {
            tensors[key.text] = value.tensor;
        }
    }
    return tensors;
}

const Value* find(const Value& dict, const std::string& key)
{
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
        if (dict.items[i]->text == key && dict.items[i + 1]->kind == Value::Kind::Dict) {
            return dict.items[i + 1].get();
        }
    }
    return nullptr;
}

TensorDict parse(const std::string& bytes)
{
    std::istringstream stream(bytes);
    caffe2::serialize::PyTorchStreamReader reader(&stream);
    auto [data, size] = reader.getRecord("data.pkl");
    const ValuePtr root = Unpickler(reader, {static_cast<const char*>(data.get()), size}).read();
    if (root->kind != Value::Kind::Dict) {
        throw BadPickle("the pickle holds no dict");
    }
    for (const char* key : {"state_dict", "model_state_dict", "model"}) {
        if (const Value* inner = find(*root, key); inner != nullptr) {
            return tensorsOf(*inner);
        }
    }
    return tensorsOf(*root);
}

} // namespace

TensorDict readTensorDict(const std::string& bytes)
{
    try {
        TensorDict tensors = parse(bytes);
        if (tensors.empty()) {
            throw BadPickle("the dict holds no tensors");
        }
        return tensors;
    } catch (const BadFile&) {
        throw;
    } catch (const c10::Error& error) {
        throw BadPickle(error.what_without_backtrace());
    }
}

} // namespace digitpad
