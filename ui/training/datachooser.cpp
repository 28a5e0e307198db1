#include "ui/training/datachooser.h"

#include "ui/training/fieldgroup.h"
#include "ui/training/formfield.h"
#include "ui/training/mnistpage.h"
#include "ui/training/trainingtext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace digitpad {

namespace {

constexpr std::size_t mnistTrainingImages = 60'000;
constexpr auto kindKey = "training/data";
constexpr auto folderKey = "training/mnistFolder";
constexpr auto countKey = "training/syntheticCount";
constexpr auto pathKey = "training/ownPath";
constexpr auto noDigitsKey = "training/noDigits";

/// The names that settings keep, in the order of Kind.
const QStringList& kindNames()
{
    static const QStringList names{QStringLiteral("mnist"), QStringLiteral("synthetic"),
                                   QStringLiteral("own"), QStringLiteral("given")};
    return names;
}

} // namespace

DataChooser::DataChooser(const QList<QUrl>& mirrors, QWidget* parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_kindField(new FormField(
          m_kind,
          tr("What the network learns from. MNIST: 60,000 digits that people wrote, the usual "
             "choice. Synthetic digits: drawn by this program in many styles, with no download."),
          this))
    , m_mnist(new MnistPage(mirrors, this))
{
    m_kind->setObjectName(QStringLiteral("dataKind"));
    m_kind->setAccessibleName(tr("Data"));
    m_kind->addItems({tr("MNIST handwriting"), tr("Synthetic digits"), tr("Files of my own")});
    m_pages = {m_mnist, makeSyntheticPage(), makeOwnPage(), makeGivenPage()};
    makeChoices();
    layOut();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &DataChooser::onKindChanged);
    connect(m_mnist, &MnistPage::changed, this, &DataChooser::changed);
    connect(m_count, &QSpinBox::valueChanged, this, &DataChooser::changed);
    connect(m_path, &QLineEdit::textChanged, this, [this] {
        m_pathField->setError({});
        Q_EMIT changed();
    });
    onKindChanged();
}

void DataChooser::layOut()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_kindField);
    for (QWidget* page : m_pages) {
        layout->addWidget(page);
    }
    layout->addWidget(m_noDigitsField);
}

void DataChooser::makeChoices()
{
    m_noDigits = new QCheckBox(tr("Also teach &what is no digit"), this);
    m_noDigits->setObjectName(QStringLiteral("noDigits"));
    m_noDigitsField = new FormField(
        m_noDigits,
        tr("Adds letters, signs and scribbles that this program draws, as an eleventh class, and "
           "those of your own files. The network then tells them from digits instead of reading a "
           "digit into everything."),
        this);
    connect(m_noDigits, &QCheckBox::toggled, this, &DataChooser::changed);
}

QWidget* DataChooser::makeSyntheticPage()
{
    auto* page = new QWidget(this);
    m_count = new QSpinBox(page);
    m_count->setRange(100, 1'000'000);
    m_count->setSingleStep(5000);
    m_count->setGroupSeparatorShown(true);
    m_count->setValue(static_cast<int>(DataSource().syntheticCount));
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* group = new FieldGroup(page);
    m_countField = group->add(tr("&Images"), m_count, QStringLiteral("syntheticCount"),
                              tr("How many digits to draw for training; a tenth as many more are drawn for "
                                 "the test. 20,000 take a few seconds; more read better."));
    layout->addWidget(group);
    layout->addWidget(
        new NoteLabel(tr("Drawn on this computer, in many styles; nothing is downloaded."), page));
    return page;
}

QWidget* DataChooser::makeOwnPage()
{
    auto* page = new QWidget(this);
    m_path = new QLineEdit(page);
    m_path->setObjectName(QStringLiteral("ownPath"));
    m_path->setPlaceholderText(tr("File or folder"));
    m_pathField = new FormField(
        m_path,
        tr("An ink collection (.jsonl, .jsonl.gz), a table (.csv), an IDX image file beside "
           "its labels, or a folder: with files as MNIST has them, or with pictures or InkML files "
           "in sub-folders named 0 to 9."),
        page);
    m_ownButtons = new QWidget(page);
    auto* file = new QPushButton(tr("Choose file…"), m_ownButtons);
    auto* folder = new QPushButton(tr("Choose folder…"), m_ownButtons);
    connect(file, &QPushButton::clicked, this, [this] { openDialog(false); });
    connect(folder, &QPushButton::clicked, this, [this] { openDialog(true); });
    auto* buttons = new QHBoxLayout(m_ownButtons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->addWidget(file);
    buttons->addWidget(folder);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pathField);
    layout->addWidget(m_ownButtons);
    layout->addWidget(new NoteLabel(tr("Ink collections, tables, IDX images, folders of pictures."), page));
    return page;
}

DataChooser::Kind DataChooser::kind() const
{
    return static_cast<Kind>(m_kind->currentIndex());
}

void DataChooser::setKind(Kind kind)
{
    m_kind->setCurrentIndex(static_cast<int>(kind));
}

void DataChooser::onKindChanged()
{
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        m_pages[i]->setVisible(static_cast<int>(i) == m_kind->currentIndex());
    }
    m_noDigitsField->setVisible(kind() != Kind::Given);
    if (kind() == Kind::Mnist) {
        m_mnist->look();
    }
    Q_EMIT changed();
}

DataSource DataChooser::source() const
{
    if (kind() == Kind::Given) {
        return m_given;
    }
    DataSource source;
    source.syntheticCount = static_cast<std::size_t>(m_count->value());
    switch (kind()) {
    case Kind::Mnist:
        source.parts = QStringList{m_mnist->part()};
        break;
    case Kind::Synthetic:
        source.parts = QStringList{QStringLiteral("synthetic")};
        break;
    case Kind::Own:
        source.parts = QStringList{m_path->text().trimmed()};
        break;
    case Kind::Given:
        break;
    }
    if (m_noDigits->isChecked()) {
        source.parts.append(QStringLiteral("no-digits"));
        source.withNoDigits = true;
    }
    return source;
}

QString DataChooser::summary() const
{
    const auto images = imageCount();
    return images ? tr("%1, %2").arg(m_kind->currentText(), countText(static_cast<qint64>(*images)))
                  : m_kind->currentText();
}

bool DataChooser::takeAs(Kind kind, const QString& part, const DataSource& given)
{
    m_noDigits->setChecked(given.withNoDigits && given.parts.contains(QStringLiteral("no-digits")));
    m_count->setValue(static_cast<int>(std::min<std::size_t>(given.syntheticCount, 1'000'000)));
    if (kind == Kind::Own) {
        m_path->setText(part);
    }
    setKind(kind);
    DataSource now = source();
    if (kind == Kind::Mnist) {
        now.parts[0] = part; // It may be missing yet.
    }
    if (kind != Kind::Synthetic) {
        now.syntheticCount = given.syntheticCount; // Nothing comes of it there.
    }
    return now == given;
}

void DataChooser::setSource(const DataSource& source)
{
    DataSource given = source;
    given.augmentation.reset();
    const QString part = given.parts.value(0);
    if (part.isEmpty()) {
        return;
    }
    bool taken = false;
    if (part == u"mnist") {
        m_mnist->chooseUsual();
        taken = takeAs(Kind::Mnist, part, given);
    } else if (part == u"synthetic") {
        taken = takeAs(Kind::Synthetic, part, given);
    } else if (part != u"no-digits") {
        taken =
            (part == m_mnist->folder() && takeAs(Kind::Mnist, part, given)) || takeAs(Kind::Own, part, given);
    }
    if (!taken) {
        setGiven(given);
    }
    Q_EMIT changed();
}

void DataChooser::setGiven(const DataSource& source)
{
    m_given = source;
    QStringList lines = source.parts;
    if (source.inkRepeats > 1) {
        lines += tr("drawings %1 times in each epoch").arg(source.inkRepeats);
    }
    if (!source.heldOutGroups.isEmpty()) {
        lines += tr("for validation: %1").arg(source.heldOutGroups.join(QStringLiteral(", ")));
    }
    if (source.withNoDigits) {
        lines += tr("with what is no digit");
    }
    m_givenText->setText(lines.join(u'\n'));
    constexpr int given = static_cast<int>(Kind::Given);
    if (m_kind->count() <= given) {
        m_kind->addItem(tr("As given"));
        m_kind->setItemData(given, tr("What an options file or a run brought."), Qt::ToolTipRole);
    }
    setKind(Kind::Given);
}

QWidget* DataChooser::makeGivenPage()
{
    auto* page = new QWidget(this);
    m_givenText = new NoteLabel({}, page);
    m_givenText->setObjectName(QStringLiteral("givenSource"));
    m_givenText->setTextFormat(Qt::PlainText);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_givenText);
    return page;
}

std::optional<std::size_t> DataChooser::imageCount() const
{
    if (kind() == Kind::Given) {
        return std::nullopt; // Only loading them can tell.
    }
    const std::size_t noDigits = m_noDigits->isChecked() ? DataSource().noDigitCount : 0;
    if (kind() == Kind::Synthetic) {
        return static_cast<std::size_t>(m_count->value()) + noDigits;
    }
    const bool official = kind() == Kind::Mnist && m_mnist->folder().isEmpty();
    return official ? std::optional<std::size_t>(mnistTrainingImages + noDigits) : std::nullopt;
}

bool DataChooser::check()
{
    if (kind() == Kind::Mnist) {
        m_mnist->look();
        if (m_mnist->part().isEmpty()) {
            m_mnist->showMissing();
            return false;
        }
    }
    if (kind() == Kind::Own) {
        m_pathField->setError(ownProblem());
        if (!m_pathField->error().isEmpty()) {
            m_path->setFocus();
            return false;
        }
    }
    return true;
}

QString DataChooser::ownProblem() const
{
    const QString path = m_path->text().trimmed();
    if (path.isEmpty()) {
        return tr("Choose a file or folder to learn from first.");
    }
    if (!QFileInfo::exists(path)) {
        return tr("“%1” is not there; choose another file or folder.").arg(QDir::toNativeSeparators(path));
    }
    return {};
}

void DataChooser::setLocked(const QString& reason)
{
    for (FormField* field : {m_kindField, m_countField, m_pathField, m_noDigitsField}) {
        field->setLocked(reason);
    }
    for (QWidget* part : {static_cast<QWidget*>(m_mnist), m_ownButtons}) {
        part->setEnabled(reason.isEmpty());
        part->setToolTip(reason);
    }
}

void DataChooser::openDialog(bool folder)
{
    auto* dialog = new QFileDialog(
        this, folder ? tr("Choose a folder to learn from") : tr("Choose a file to learn from"),
        QFileInfo(m_path->text()).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (!folder) {
        dialog->setNameFilters(
            {tr("Collections, tables and IDX images (*.jsonl *.jsonl.gz *.csv *.csv.gz *-ubyte *-ubyte.gz)"),
             tr("All files (*)")});
    }
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

void DataChooser::save(QSettings& settings) const
{
    settings.setValue(QLatin1String(kindKey), kindNames().at(m_kind->currentIndex()));
    settings.setValue(QLatin1String(folderKey), m_mnist->folder());
    settings.setValue(QLatin1String(countKey), m_count->value());
    settings.setValue(QLatin1String(pathKey), m_path->text());
    settings.setValue(QLatin1String(noDigitsKey), m_noDigits->isChecked());
}

void DataChooser::restore(const QSettings& settings)
{
    const QString folder = settings.value(QLatin1String(folderKey)).toString();
    if (!folder.isEmpty() && QFileInfo(folder).isDir()) {
        m_mnist->chooseFolder(folder);
    }
    m_count->setValue(settings.value(QLatin1String(countKey), m_count->value()).toInt());
    m_path->setText(settings.value(QLatin1String(pathKey)).toString());
    m_noDigits->setChecked(settings.value(QLatin1String(noDigitsKey)).toBool());
    const auto kind = kindNames().indexOf(settings.value(QLatin1String(kindKey)).toString());
    if (kind >= 0 && kind < m_kind->count()) {
        m_kind->setCurrentIndex(static_cast<int>(kind));
    } else {
        // Nobody has chosen yet: Start shall work at once, so without MNIST begin with what needs nothing.
        setKind(findMnist().isEmpty() && m_mnist->folder().isEmpty() ? Kind::Synthetic : Kind::Mnist);
    }
}

} // namespace digitpad
