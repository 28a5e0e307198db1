#include "ui/data/sourcebar.h"

#include "ui/data/datatext.h"
#include "ui/widgets/icons.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <limits>
#include <utility>

namespace digitpad {

namespace {

constexpr int rememberedPaths = 6;

QString recentSetting()
{
    return QStringLiteral("data/recent");
}

QString mnistPart()
{
    return QStringLiteral("mnist");
}

QString syntheticPart()
{
    return QStringLiteral("synthetic");
}

} // namespace

SourceBar::SourceBar(QString myDigitsPath, QWidget* parent)
    : QWidget(parent)
    , m_myDigitsPath(std::move(myDigitsPath))
    , m_recent(QSettings().value(recentSetting()).toStringList())
    , m_combo(new QComboBox(this))
    , m_reload(new QToolButton(this))
    , m_file(new QPushButton(tr("Open F&ile…"), this))
    , m_folder(new QPushButton(tr("Open Fol&der…"), this))
    , m_synthetic(new QWidget(this))
    , m_count(new QSpinBox(m_synthetic))
    , m_seed(new QSpinBox(m_synthetic))
{
    m_combo->setObjectName(QStringLiteral("dataSource"));
    m_combo->setAccessibleName(tr("Source of the data"));
    m_combo->setToolTip(tr("Where the images come from"));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(18);
    m_combo->setPlaceholderText(tr("Choose data"));
    m_reload->setObjectName(QStringLiteral("reloadData"));
    m_reload->setIcon(icon(Icon::Redo));
    m_reload->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    m_reload->setToolTip(tr("Reads the source again (Ctrl+R)"));
    m_reload->setAccessibleName(m_reload->toolTip());
    m_file->setObjectName(QStringLiteral("openDataFile"));
    m_file->setToolTip(tr("An IDX file, a table (.csv), or an ink collection (.jsonl); files can be dropped "
                          "here too"));
    m_folder->setObjectName(QStringLiteral("openDataFolder"));
    m_folder->setToolTip(tr("A folder with MNIST's files, or with pictures or InkML files: a sub-folder for "
                            "each digit, or names such as “7-anna.png”"));
    m_count->setObjectName(QStringLiteral("dataSyntheticCount"));
    m_count->setRange(100, 1'000'000);
    m_count->setSingleStep(5000);
    m_count->setGroupSeparatorShown(true);
    m_count->setKeyboardTracking(false);
    m_count->setValue(static_cast<int>(DataSource().syntheticCount));
    m_count->setToolTip(tr("How many digits to draw; a tenth as many more for the test"));
    m_seed->setObjectName(QStringLiteral("dataSyntheticSeed"));
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setKeyboardTracking(false);
    m_seed->setValue(static_cast<int>(DataSource().syntheticSeed));
    m_seed->setToolTip(tr("The same seed draws the same digits"));
    layOut();
    fill();
    showSyntheticFields();
    connect(m_combo, &QComboBox::activated, this, &SourceBar::onActivated);
    connect(m_reload, &QToolButton::clicked, this, [this] { Q_EMIT sourceChosen(source()); });
    connect(m_file, &QPushButton::clicked, this, &SourceBar::chooseFile);
    connect(m_folder, &QPushButton::clicked, this, &SourceBar::chooseFolder);
    for (QSpinBox* box : {m_count, m_seed}) {
        connect(box, &QSpinBox::valueChanged, this, [this] { Q_EMIT sourceChosen(source()); });
    }
}

void SourceBar::layOut()
{
    auto* images = new QLabel(tr("I&mages"), m_synthetic);
    images->setBuddy(m_count);
    auto* seed = new QLabel(tr("&Seed"), m_synthetic);
    seed->setBuddy(m_seed);
    auto* synthetic = new QHBoxLayout(m_synthetic);
    synthetic->setContentsMargins(0, 0, 0, 0);
    for (QWidget* widget : std::initializer_list<QWidget*>{images, m_count, seed, m_seed}) {
        synthetic->addWidget(widget);
    }
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_combo);
    layout->addWidget(m_reload);
    layout->addWidget(m_synthetic);
    layout->addWidget(m_file);
    layout->addWidget(m_folder);
}

void SourceBar::fill()
{
    const QSignalBlocker quiet(m_combo);
    m_combo->clear();
    m_combo->addItem(tr("MNIST"), mnistPart());
    m_combo->addItem(tr("Synthetic digits"), syntheticPart());
    m_combo->addItem(tr("My digits"), m_myDigitsPath);
    if (!m_recent.isEmpty()) {
        m_combo->insertSeparator(m_combo->count());
    }
    for (const QString& path : std::as_const(m_recent)) {
        m_combo->addItem(QFileInfo(path).fileName(), path);
        m_combo->setItemData(m_combo->count() - 1, QDir::toNativeSeparators(path), Qt::ToolTipRole);
    }
    m_combo->setCurrentIndex(placeOf(m_part));
}

int SourceBar::placeOf(const QString& part) const
{
    return part.isEmpty() ? -1 : m_combo->findData(part);
}

DataSource SourceBar::source() const
{
    DataSource source;
    if (!m_part.isEmpty()) {
        source.parts = QStringList{m_part};
    }
    source.syntheticCount = static_cast<std::size_t>(m_count->value());
    source.syntheticSeed = static_cast<std::uint64_t>(m_seed->value());
    return source;
}

void SourceBar::setSource(const DataSource& source)
{
    m_part = source.parts.value(0);
    const bool isPath = m_part != mnistPart() && m_part != syntheticPart() && m_part != m_myDigitsPath;
    if (isPath && !m_part.isEmpty()) {
        m_recent.removeAll(m_part);
        m_recent.prepend(m_part);
        m_recent = m_recent.mid(0, rememberedPaths);
        QSettings().setValue(recentSetting(), m_recent);
        fill();
    }
    const QSignalBlocker quietCombo(m_combo);
    const QSignalBlocker quietCount(m_count);
    const QSignalBlocker quietSeed(m_seed);
    m_combo->setCurrentIndex(placeOf(m_part));
    m_combo->setToolTip(isPath ? QDir::toNativeSeparators(m_part) : tr("Where the images come from"));
    m_count->setValue(static_cast<int>(source.syntheticCount));
    m_seed->setValue(static_cast<int>(source.syntheticSeed));
    showSyntheticFields();
}

void SourceBar::showSyntheticFields()
{
    m_synthetic->setVisible(m_part == syntheticPart());
    m_reload->setEnabled(!m_part.isEmpty());
}

void SourceBar::setReloadable(bool on)
{
    m_reload->setEnabled(on && !m_part.isEmpty());
}

void SourceBar::hideReload()
{
    m_reload->hide();
    m_reload->setShortcut({});
}

void SourceBar::onActivated(int index)
{
    choose(m_combo->itemData(index).toString());
}

void SourceBar::choose(const QString& part)
{
    if (part.isEmpty()) {
        return;
    }
    DataSource chosen = source();
    chosen.parts = QStringList{part};
    Q_EMIT sourceChosen(chosen);
}

void SourceBar::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Open Data"), QFileInfo(m_recent.value(0)).absolutePath());
    dialog->setObjectName(QStringLiteral("dataFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Data (%1)").arg(QStringLiteral("*-ubyte *-ubyte.gz *.idx *.csv *.csv.gz *.jsonl *.jsonl.gz")),
         tr("All files (%1)").arg(QStringLiteral("*"))});
    connect(dialog, &QFileDialog::fileSelected, this, &SourceBar::choose);
    dialog->open();
}

void SourceBar::chooseFolder()
{
    auto* dialog =
        new QFileDialog(this, tr("Open a Folder of Data"), QFileInfo(m_recent.value(0)).absolutePath());
    dialog->setObjectName(QStringLiteral("dataFolderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &SourceBar::choose);
    dialog->open();
}

} // namespace digitpad
