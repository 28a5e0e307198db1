#include "core/learning/runoptions.h"

#include "core/base/atomicfile.h"
#include "core/base/nearestname.h"
#include "core/learning/optionkeys.h"

#include <QFileInfo>
#include <QJsonDocument>

#include <utility>

namespace digitpad {

namespace {

constexpr int formatVersion = 1;
constexpr std::size_t largestFile = 1U << 20U;

QString optionsFormat()
{
    return QStringLiteral("DigitPad training options");
}

template <class Options>
QStringList namesOf(const JsonKeys<Options>& keys)
{
    QStringList names;
    for (const JsonKey<Options>& key : keys) {
        names += key.name;
    }
    return names;
}

template <class Options>
QStringList differing(const JsonKeys<Options>& keys, const Options& a, const Options& b)
{
    QStringList names;
    for (const JsonKey<Options>& key : keys) {
        if (key.write(a) != key.write(b)) {
            names += key.name;
        }
    }
    return names;
}

QStringList trainingNames()
{
    return namesOf(trainingKeys()) + QStringList{QStringLiteral("details")};
}

/// The object in which an option stands that somebody put elsewhere; empty where there is none.
QString homeOf(const QString& name)
{
    if (namesOf(dataKeys()).contains(name)) {
        return QStringLiteral("data");
    }
    if (namesOf(trainingKeys()).contains(name)) {
        return QStringLiteral("training");
    }
    return namesOf(detailKeys()).contains(name) ? QStringLiteral("details") : QString();
}

QString nearest(const QString& name, const QStringList& names)
{
    std::vector<std::string> known;
    for (const QString& one : names) {
        known.push_back(one.toStdString());
    }
    return QString::fromStdString(nearestName(name.toStdString(), known));
}

Error invalid(const QString& message)
{
    return Error{ErrorCode::InvalidInput, message.toStdString()};
}

/// Reads the objects of one file. `m_where` is " in “file.json”", or empty.
class OptionsReader
{
public:
    explicit OptionsReader(QString where)
        : m_where(std::move(where))
    {
    }

    Result<ReadOptions> read(const QJsonObject& object);

private:
    [[nodiscard]] Result<void> checkFormat(const QJsonObject& object) const;
    [[nodiscard]] Result<void> checkNames(const QJsonObject& object, const QString& section,
                                          const QStringList& names) const;
    [[nodiscard]] Error unknownOption(const QString& name, const QString& section,
                                      const QStringList& names) const;
    template <class Options>
    Result<void> readSection(const QJsonObject& parent, const QString& section, Options& options,
                             const JsonKeys<Options>& keys, const QStringList& names);
    template <class Options>
    Result<void> readInto(Options& options, const JsonKeys<Options>& keys, const QJsonObject& object);
    Result<void> readAll(RunOptions& options, const QJsonObject& object);

    QString m_where;
    QStringList m_missing;
};

Result<void> OptionsReader::checkFormat(const QJsonObject& object) const
{
    if (object.value(u"format") != QJsonValue(optionsFormat())) {
        return invalid(QStringLiteral("There are no training options%1; choose a file that DigitPad saved as "
                                      "such, with \"format\": \"%2\".")
                           .arg(m_where, optionsFormat()));
    }
    const QJsonValue version = object.value(u"version");
    if (!version.isDouble() || version.toDouble() < 1) {
        return invalid(QStringLiteral("The version%1 is missing or no whole number from 1 on; write "
                                      "\"version\": %2.")
                           .arg(m_where)
                           .arg(formatVersion));
    }
    if (version.toDouble() > formatVersion) {
        return invalid(QStringLiteral("The options%1 were saved by a newer version of DigitPad (format %2, "
                                      "known here is %3); update DigitPad to use them.")
                           .arg(m_where, shownValue(version))
                           .arg(formatVersion));
    }
    return {};
}

Error OptionsReader::unknownOption(const QString& name, const QString& section,
                                   const QStringList& names) const
{
    QString advice = QStringLiteral("remove it");
    if (const QString home = homeOf(name); !home.isEmpty() && home != section) {
        advice = QStringLiteral("move it into “%1”").arg(home);
    } else if (const QString near = nearest(name, names); !near.isEmpty()) {
        advice = QStringLiteral("did you mean “%1”?").arg(near);
    }
    const QString within = section.isEmpty() ? QString() : QStringLiteral(" of “%1”").arg(section);
    const QString end = advice.endsWith(u'?') ? QString() : QStringLiteral(".");
    return invalid(
        QStringLiteral("There is no option “%1”%2%3; %4%5").arg(name, within, m_where, advice, end));
}

Result<void> OptionsReader::checkNames(const QJsonObject& object, const QString& section,
                                       const QStringList& names) const
{
    const QStringList keys = object.keys();
    for (const QString& name : keys) {
        if (!names.contains(name)) {
            return unknownOption(name, section, names);
        }
    }
    return {};
}

template <class Options>
Result<void> OptionsReader::readSection(const QJsonObject& parent, const QString& section, Options& options,
                                        const JsonKeys<Options>& keys, const QStringList& names)
{
    const QJsonValue value = parent.value(section);
    if (value.isUndefined()) {
        if (!keys.front().mayBeMissing) {
            m_missing += section;
        }
        return {};
    }
    if (!value.isObject()) {
        return invalid(QStringLiteral("“%1”%2 must be options in braces and is %3; correct it.")
                           .arg(section, m_where, shownValue(value)));
    }
    const QJsonObject object = value.toObject();
    const auto known = checkNames(object, section, names);
    return known ? readInto(options, keys, object) : known;
}

template <class Options>
Result<void> OptionsReader::readInto(Options& options, const JsonKeys<Options>& keys,
                                     const QJsonObject& object)
{
    for (const JsonKey<Options>& key : keys) {
        const QJsonValue value = object.value(key.name);
        if (value.isUndefined()) {
            if (!key.mayBeMissing) {
                m_missing += key.name;
            }
        } else if (!key.read(options, value)) {
            return invalid(QStringLiteral("“%1”%2 must be %3 and is %4; correct it.")
                               .arg(key.name, m_where, key.kind, shownValue(value)));
        }
    }
    return {};
}

Result<void> OptionsReader::readAll(RunOptions& options, const QJsonObject& object)
{
    const QString data = QStringLiteral("data");
    const QString training = QStringLiteral("training");
    if (auto known =
            checkNames(object, {}, {QStringLiteral("format"), QStringLiteral("version"), data, training});
        !known) {
        return known;
    }
    if (auto done = readSection(object, data, options.data, dataKeys(), namesOf(dataKeys())); !done) {
        return done;
    }
    if (auto done = readSection(object, training, options.training, trainingKeys(), trainingNames()); !done) {
        return done;
    }
    return readSection(object.value(training).toObject(), QStringLiteral("details"), options.training.details,
                       detailKeys(), namesOf(detailKeys()));
}

Result<ReadOptions> OptionsReader::read(const QJsonObject& object)
{
    if (const auto right = checkFormat(object); !right) {
        return right.error();
    }
    ReadOptions result;
    if (const auto done = readAll(result.options, object); !done) {
        return done.error();
    }
    if (!m_missing.isEmpty()) {
        result.warnings += QStringLiteral("Not said%1, so their usual values were taken: %2.")
                               .arg(m_where, m_missing.join(QStringLiteral(", ")));
    }
    return result;
}

/// A run's run.json serves as well: it holds the options that it was asked for.
QJsonObject optionsWithin(const QJsonObject& object)
{
    const QJsonValue within = object.value(u"options");
    return object.value(u"format") == QJsonValue(QStringLiteral("DigitPad run")) && within.isObject()
               ? within.toObject()
               : object;
}

} // namespace

QJsonObject toJson(const RunOptions& options)
{
    QJsonObject training = jsonObject(trainingKeys(), options.training);
    if (const QJsonObject details = jsonObject(detailKeys(), options.training.details); !details.isEmpty()) {
        training.insert(QStringLiteral("details"), details);
    }
    return {{QStringLiteral("format"), optionsFormat()},
            {QStringLiteral("version"), formatVersion},
            {QStringLiteral("data"), jsonObject(dataKeys(), options.data)},
            {QStringLiteral("training"), training}};
}

QByteArray optionsFileText(const RunOptions& options)
{
    return QJsonDocument(toJson(options)).toJson();
}

Result<ReadOptions> runOptionsFromJson(const QJsonObject& object)
{
    return OptionsReader({}).read(object);
}

Result<ReadOptions> parseOptionsFile(const QByteArray& text, const QString& fileName)
{
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(text.startsWith("\xEF\xBB\xBF") ? text.mid(3) : text,
                                                  &problem); // Some editors put a mark there.
    if (problem.error != QJsonParseError::NoError) {
        const auto line = text.left(problem.offset).count('\n') + 1;
        return invalid(QStringLiteral("“%1” is no JSON: line %2: %3; correct it or choose another file.")
                           .arg(fileName)
                           .arg(line)
                           .arg(problem.errorString()));
    }
    return OptionsReader(QStringLiteral(" in “%1”").arg(fileName)).read(optionsWithin(document.object()));
}

Result<ReadOptions> readOptionsFile(const QString& path)
{
    const auto text = readWholeFile(path.toStdString(), largestFile);
    if (!text) {
        return text.error();
    }
    return parseOptionsFile(QByteArray::fromStdString(*text), QFileInfo(path).fileName());
}

Result<void> writeOptionsFile(const QString& path, const RunOptions& options)
{
    const QByteArray text = optionsFileText(options);
    return writeFileAtomically(path.toStdString(), {text.constData(), static_cast<std::size_t>(text.size())});
}

QStringList differingOptions(const RunOptions& a, const RunOptions& b)
{
    return differing(dataKeys(), a.data, b.data) + differing(trainingKeys(), a.training, b.training) +
           differing(detailKeys(), a.training.details, b.training.details);
}

} // namespace digitpad
