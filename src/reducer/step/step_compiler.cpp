#include <algorithm>
#include <string>

#include "reducer/step/step.h"

namespace isthmus {
namespace {

// The fields in the order in which they are read, optional ones with a question mark.
struct StepKind {
  std::string_view name;
  std::string_view fields;
};

// In the order of Operation. An entity's `value` is the payload by default. `where` chooses
// entities instead of ids; for updateMany `value` is the changes then.
constexpr StepKind kSteps[] = {
    {"set", "path value"},
    {"unset", "path"},
    {"inc", "path value?"},
    {"merge", "path value"},
    {"push", "path value"},
    {"insert", "path value"},
    {"remove", "path"},
    {"removeWhere", "path where"},
    {"updateWhere", "path where onMatch"},
    {"upsert", "path by value onMatch?"},
    {"reset", "path?"},
    {"if", "test then else?"},
    {"addOne", "path sortBy? selectId? value?"},
    {"addMany", "path sortBy? selectId? value?"},
    {"setOne", "path sortBy? selectId? value?"},
    {"setMany", "path sortBy? selectId? value?"},
    {"setAll", "path sortBy? selectId? value?"},
    {"updateOne", "path sortBy? selectId? value?"},
    {"updateMany", "path sortBy? selectId? value? where? onMatch?"},
    {"upsertOne", "path sortBy? selectId? value? onMatch?"},
    {"upsertMany", "path sortBy? selectId? value? onMatch?"},
    {"removeOne", "path sortBy? selectId? value?"},
    {"removeMany", "path sortBy? selectId? value? where?"},
    {"removeAll", "path sortBy? selectId?"},
};

template <typename T>
HeapError keep(Result<T> read, T& into) {
  if (!read) return read.pass();
  into = std::move(read).value();
  return {};
}

HeapError keepKey(const Value& value, Key& into) {
  if (!value.isString()) return invalidDefinition("a key must be a string");
  into = Key(value.string());
  return {};
}

HeapError readField(std::string_view name, const Value& field, Step& step) {
  if (name == "path") return keep(Location::compile(field), step.path);
  if (name == "value") return keep(Expression::compile(field), step.value);
  if (name == "where" || name == "test") return keep(Expression::compile(field), step.test);
  if (name == "by" || name == "selectId") return keepKey(field, step.key);
  if (name == "sortBy") return keep(EntityOrder::compile(field), step.sortBy);
  if (name == "else") return keep(compileSteps(field), step.otherwise);
  step.hasSteps = true;
  return keep(compileSteps(field), step.steps);
}

// A list such as "path value?", name by name.
class Fields {
 public:
  explicit Fields(std::string_view rest) : rest_(rest) {}

  bool next() {
    if (rest_.empty()) return false;
    const auto length = std::min(rest_.find(' '), rest_.size());
    name_ = rest_.substr(0, length);
    rest_.remove_prefix(std::min(length + 1, rest_.size()));
    isOptional_ = name_.back() == '?';
    if (isOptional_) name_.remove_suffix(1);
    return true;
  }
  std::string_view name() const { return name_; }
  bool isOptional() const { return isOptional_; }

 private:
  std::string_view rest_;
  std::string_view name_;
  bool isOptional_ = false;
};

HeapError readFields(std::string_view list, const Value& definition, Step& step) {
  for (Fields fields(list); fields.next();) {
    const Key name(fields.name());
    const Value* const field = definition.find(name);
    if (field == nullptr && fields.isOptional()) continue;
    if (field == nullptr) {
      return invalidDefinition("this step needs the field '" + name.text() + "'");
    }
    if (auto error = readField(name.text(), *field, step)) return below(name, std::move(error));
  }
  return {};
}

// What is done to the entities that `where` chooses is all that may stand beside it.
HeapError checkChoice(const Step& step, bool hasValue) {
  const bool isUpdate = step.operation == Operation::UpdateMany;
  if (isUpdate && step.hasSteps && !step.test) {
    return invalidDefinition("in updateMany 'onMatch' needs a 'where'", "/onMatch");
  }
  if (step.test && hasValue && (!isUpdate || step.hasSteps)) {
    return invalidDefinition("with 'where' there is nothing that this value is for", "/value");
  }
  return {};
}

HeapError checkNames(std::string_view list, const Value& definition) {
  for (const auto& member : definition.members()) {
    bool isKnown = member.key.text() == "op";
    for (Fields fields(list); !isKnown && fields.next();) {
      isKnown = fields.name() == member.key.text();
    }
    if (!isKnown) return invalidDefinition("this step has no such field", toPointer({member.key}));
  }
  return {};
}

Expression payload() {
  Value::Members var;
  var.push_back({Key("var"), Value("payload")});
  return Expression::compile(Value(std::move(var))).value();
}

Result<Step> compileStep(const Value& definition) {
  static const Key kOp("op");
  const Value* const op = definition.isObject() ? definition.find(kOp) : nullptr;
  if (op == nullptr || !op->isString()) {
    return invalidDefinition("a step is an object with an 'op', such as { \"op\": \"set\", ... }");
  }
  const auto* const kind = std::find_if(std::begin(kSteps), std::end(kSteps),
                                        [&](const auto& k) { return k.name == op->string(); });
  if (kind == std::end(kSteps)) {
    return invalidDefinition("this engine has no step '" + std::string(op->string()) + "'", "/op");
  }
  Step step{static_cast<Operation>(kind - std::begin(kSteps))};
  auto error = readFields(kind->fields, definition, step);
  if (!error && step.operation > Operation::If) error = checkChoice(step, bool{step.value});
  if (!error) error = checkNames(kind->fields, definition);
  if (error) return error;
  if (step.operation > Operation::If) {
    if (!step.key) step.key = Key("id");
    if (!step.value) step.value = payload();
  } else if (step.operation == Operation::Inc && !step.value) {
    step.value = Expression::literal(Value(1.0));
  }
  return step;
}

}  // namespace

Result<Steps> compileSteps(const Value& definition) {
  if (!definition.isArray()) return invalidDefinition("a reducer is a list of steps");
  Steps steps;
  for (const auto& item : definition.items()) {
    auto step = compileStep(item);
    if (!step) return below(Key(std::to_string(steps.size())), step.pass());
    steps.push_back(std::move(step).value());
  }
  return steps;
}

}  // namespace isthmus
