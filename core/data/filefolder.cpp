#include "core/data/filefolder.h"

#include "core/data/lookalikes.h"
#include "core/image/normalizer.h"
#include "core/image/picturefile.h"
#include "core/ink/inkfile.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

/// Names and images of more would fill the memory of a small machine.
constexpr std::size_t maximumFiles = 1'000'000;
constexpr std::size_t filesBetweenQuestions = 128;
constexpr qsizetype namedProblems = 3;
constexpr int unlabelled = -1;

/// Asks now and then; the listing has no known end, the reading has.
class Pace
{
public:
    explicit Pace(const ReadingMonitor& monitor)
        : m_monitor(monitor)
    {
    }
    bool goOn(std::size_t images, double part)
    {
        return ++m_steps % filesBetweenQuestions != 0 || !m_monitor || m_monitor({images, part});
    }

private:
    const ReadingMonitor& m_monitor;
    std::size_t m_steps = 0;
};

bool isInk(const QString& name)
{
    return name.endsWith(u".inkml", Qt::CaseInsensitive);
}

bool isPicture(const QString& name)
{
    static const QStringList endings{QStringLiteral(".png"),  QStringLiteral(".jpg"), QStringLiteral(".jpeg"),
                                     QStringLiteral(".bmp"),  QStringLiteral(".gif"), QStringLiteral(".pgm"),
                                     QStringLiteral(".pbm"),  QStringLiteral(".ppm"), QStringLiteral(".tif"),
                                     QStringLiteral(".tiff"), QStringLiteral(".webp")};
    return std::any_of(endings.begin(), endings.end(),
                       [&name](const QString& ending) { return name.endsWith(ending, Qt::CaseInsensitive); });
}

/// "7.png", "7-anna.png", "7_12.png", "7 (2).png"; not "12.png" and not "7eleven.png".
int labelOfName(const QString& name)
{
    const char16_t first = name.isEmpty() ? u' ' : name.front().unicode();
    const QChar second = name.size() > 1 ? name.at(1) : QChar(u' ');
    return first >= u'0' && first <= u'9' && !second.isLetterOrNumber() ? first - u'0' : unlabelled;
}

struct LabelledFile
{
    QString path;
    int label = unlabelled;
};

struct Listing
{
    std::vector<LabelledFile> files;
    std::size_t unlabelledFiles = 0;
    QString unlabelledExample;
    QStringList strangeFolders; ///< Whose name is no digit, and which hold pictures or ink.
    std::size_t seen = 0;       ///< Entries of any kind.
};

class Lister
{
public:
    Lister(const QString& folder, bool withNoDigits, Pace& pace)
        : m_folder(folder)
        , m_withNoDigits(withNoDigits)
        , m_pace(pace)
    {
    }

    Result<Listing> list();

private:
    Result<void> listFolder(const QString& folder);
    Result<void> count();
    [[nodiscard]] int labelOfFolder(const QString& name) const;
    void take(const QString& path, int label);

    const QString& m_folder;
    bool m_withNoDigits;
    Pace& m_pace;
    Listing m_listing;
};

int Lister::labelOfFolder(const QString& name) const
{
    if (name.size() == 1 && name.front() >= u'0' && name.front() <= u'9') {
        return name.front().unicode() - u'0';
    }
    return m_withNoDigits && !looksLikeADigit(name) ? noDigitLabel : unlabelled;
}

Result<void> Lister::count()
{
    if (++m_listing.seen > maximumFiles) {
        return dataError(ErrorCode::InvalidInput,
                         QStringLiteral("“%1” holds more than a million files; choose a smaller folder, or "
                                        "pack them into IDX files.")
                             .arg(m_folder));
    }
    return m_pace.goOn(0, -1) ? Result<void>() : Result<void>(cancelledReading());
}

void Lister::take(const QString& path, int label)
{
    if (label == unlabelled) {
        if (m_listing.unlabelledFiles++ == 0) {
            m_listing.unlabelledExample = QFileInfo(path).fileName();
        }
    } else {
        m_listing.files.push_back({path, label});
    }
}

Result<void> Lister::listFolder(const QString& folder)
{
    const QString name = QDir(folder).dirName();
    const int label = labelOfFolder(name);
    bool any = false;
    QDirIterator entries(folder, QDir::Files);
    while (entries.hasNext()) {
        const QString path = entries.next();
        if (const auto counted = count(); !counted) {
            return counted;
        }
        if (isInk(path) || isPicture(path)) {
            any = true;
            if (label != unlabelled) {
                take(path, label);
            }
        }
    }
    if (any && label == unlabelled) {
        m_listing.strangeFolders += name;
    }
    return {};
}

Result<Listing> Lister::list()
{
    QStringList folders;
    QDirIterator entries(m_folder, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot);
    while (entries.hasNext()) {
        const QString path = entries.next();
        if (const auto counted = count(); !counted) {
            return counted.error();
        }
        if (entries.fileInfo().isDir()) {
            folders += path;
        } else if (isInk(path) || isPicture(path)) {
            take(path, labelOfName(entries.fileName()));
        }
    }
    folders.sort();
    for (const QString& folder : folders) {
        if (const auto listed = listFolder(folder); !listed) {
            return listed.error();
        }
    }
    std::sort(m_listing.files.begin(), m_listing.files.end(),
              [](const LabelledFile& a, const LabelledFile& b) { return a.path < b.path; });
    return std::move(m_listing);
}

QStringList warningsOf(const Listing& listing, const QString& folder)
{
    QStringList warnings;
    if (listing.unlabelledFiles > 0) {
        warnings += QStringLiteral("“%1” has %2 files whose names do not begin with a digit and a mark, as "
                                   "“7-anna.png” does (%3); they were left out.")
                        .arg(folder)
                        .arg(listing.unlabelledFiles)
                        .arg(listing.unlabelledExample);
    }
    if (!listing.strangeFolders.isEmpty()) {
        const bool more = listing.strangeFolders.size() > namedProblems;
        warnings += QStringLiteral("The names of folders in “%1” are no digits (%2%3); they were left out.")
                        .arg(folder, listing.strangeFolders.mid(0, namedProblems).join(QStringLiteral(", ")),
                             more ? QStringLiteral(", …") : QString());
    }
    return warnings;
}

Result<void> readFile(const LabelledFile& file, DataPart& part)
{
    if (isInk(file.path)) {
        auto ink = readInkMl(file.path);
        if (!ink) {
            return ink.error();
        }
        part.training->add(normalizeInk(*ink), file.label);
        part.origins.push_back(
            {SampleOrigin::Kind::Strokes, std::make_shared<const Ink>(std::move(ink).value())});
        return {};
    }
    const auto picture = readPicture(file.path);
    if (!picture) {
        return picture.error();
    }
    part.training->add(normalizePicture(*picture), file.label);
    part.origins.push_back({SampleOrigin::Kind::Picture, nullptr});
    return {};
}

/// Into the part's training half.
Result<DataPart> readFiles(const Listing& listing, const QString& folder, const QString& name, Pace& pace)
{
    DataPart part;
    part.training.emplace().name = name.toStdString();
    part.warnings = warningsOf(listing, folder);
    std::size_t failed = 0;
    std::size_t done = 0;
    for (const LabelledFile& file : listing.files) {
        if (!pace.goOn(done, static_cast<double>(done) / static_cast<double>(listing.files.size()))) {
            return cancelledReading();
        }
        ++done;
        if (const auto read = readFile(file, part); !read) {
            if (failed++ < namedProblems) {
                part.warnings += QString::fromStdString(read.error().message);
            }
        }
    }
    if (failed > namedProblems) {
        part.warnings +=
            QStringLiteral("“%1” has %2 more files that cannot be read; all of them were left out.")
                .arg(folder)
                .arg(failed - namedProblems);
    }
    if (part.training->size() == 0) {
        return dataError(ErrorCode::InvalidInput,
                         QStringLiteral("“%1” holds no file that can be read and has a digit as label: %2")
                             .arg(folder, part.warnings.value(0)));
    }
    return part;
}

/// The first of these folders that is there.
QString subFolder(const QString& folder, const QStringList& names)
{
    for (const QString& name : names) {
        if (const QFileInfo info(folder, name); info.isDir()) {
            return info.filePath();
        }
    }
    return {};
}

Result<std::optional<DataPart>> loadOneFolder(const QString& folder, const QString& name, bool withNoDigits,
                                              Pace& pace)
{
    if (!QFileInfo(folder).isReadable()) {
        return dataError(ErrorCode::Io,
                         QStringLiteral("“%1” cannot be read; check its permissions.").arg(folder));
    }
    const auto listing = Lister(folder, withNoDigits, pace).list();
    if (!listing) {
        return listing.error();
    }
    if (listing->files.empty() && listing->unlabelledFiles == 0 && listing->strangeFolders.isEmpty()) {
        return std::optional<DataPart>();
    }
    auto part = readFiles(*listing, folder, name, pace);
    if (!part) {
        return part.error();
    }
    return std::optional<DataPart>(std::move(part).value());
}

} // namespace

Result<std::optional<DataPart>> loadFileFolder(const QString& folder, const QString& name, bool withNoDigits,
                                               const ReadingMonitor& monitor)
{
    Pace pace(monitor);
    const QString training = subFolder(folder, {QStringLiteral("training"), QStringLiteral("train")});
    const QString test = subFolder(folder, {QStringLiteral("testing"), QStringLiteral("test")});
    if (training.isEmpty()) {
        return loadOneFolder(folder, name, withNoDigits, pace);
    }
    auto part = loadOneFolder(training, name + QStringLiteral(" training"), withNoDigits, pace);
    if (!part || !*part || test.isEmpty()) {
        return part;
    }
    auto testPart = loadOneFolder(test, name + QStringLiteral(" test"), withNoDigits, pace);
    if (!testPart) {
        return testPart;
    }
    if (*testPart) {
        (*part)->test = std::move((*testPart)->training);
        (*part)->warnings += (*testPart)->warnings;
    }
    return part;
}

} // namespace digitpad
