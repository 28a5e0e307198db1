#include "ui/data/datatab.h"

#include "core/data/mydigitsdata.h"
#include "ui/data/collectioneditor.h"
#include "ui/data/dataitems.h"
#include "ui/data/datastates.h"
#include "ui/data/datatext.h"
#include "ui/data/gallerypage.h"
#include "ui/data/overviewpage.h"
#include "ui/data/sourcebar.h"
#include "ui/training/mnistpage.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/droppedfile.h"
#include "ui/widgets/floatingmessage.h"

#include <QButtonGroup>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace digitpad {

namespace {

using namespace std::chrono_literals;

} // namespace

DataTab::DataTab(Recognizer* recognizer, MyDigits* digits, const QList<QUrl>& mirrors, QWidget* parent)
    : QWidget(parent)
    , m_digits(digits)
    , m_recognizer(recognizer)
    , m_explorer(new DataExplorer(this))
    , m_editor(new CollectionEditor(digits, this))
    , m_bar(new SourceBar(digits->path(), this))
    , m_pages(new QStackedWidget(this))
    , m_states(new DataStates(mirrors, m_pages))
    , m_overview(new OverviewPage(m_pages))
    , m_gallery(new GalleryPage(m_pages))
    , m_message(new FloatingMessage(this))
{
    setObjectName(QStringLiteral("dataTab"));
    setAcceptDrops(true);
    layOut();
    m_mineTimer.setSingleShot(true);
    m_mineTimer.setInterval(150ms);
    connect(&m_mineTimer, &QTimer::timeout, this, &DataTab::exploreMine);
    m_optionsTimer.setSingleShot(true);
    m_optionsTimer.setInterval(300ms);
    connect(&m_optionsTimer, &QTimer::timeout, this, &DataTab::previewSplit);
    connect(m_bar, &SourceBar::sourceChosen, this, &DataTab::explore);
    connect(m_digits, &MyDigits::changed, this, &DataTab::onMineChanged);
    connect(m_digits, &MyDigits::stateChanged, this, &DataTab::onMineChanged);
    connect(m_recognizer, &Recognizer::modelChanged, this, &DataTab::onModel);
    connectStates();
    connectExplorer();
    connectGallery();
    connectEditor();
    onModel();
    m_states->showStart();
    showStates();
}

DataTab::~DataTab()
{
    if (m_exportStop) {
        *m_exportStop = true;
        m_export.waitForFinished(); // It tells this tab how far it is.
    }
}

bool DataTab::isMine(const DataSource& source) const
{
    return source.parts.value(0) == m_digits->path();
}

void DataTab::explore(const DataSource& source)
{
    m_restored = true;
    m_quietly = false;
    m_source = source;
    m_bar->setSource(source);
    if (isMine(source)) {
        exploreMine();
        return;
    }
    if (source.parts.value(0) == u"mnist" && findMnist().isEmpty()) {
        m_explorer->cancel();
        m_states->showMnist();
        showStates();
        return;
    }
    m_states->showLoading(sourceName(source));
    showStates();
    m_explorer->explore(source);
}

void DataTab::open(const QString& path)
{
    DataSource source = m_bar->source();
    source.parts = QStringList{QFileInfo(path).absoluteFilePath()};
    explore(source);
}

void DataTab::onMineChanged()
{
    if (isMine(m_source)) {
        m_mineTimer.start();
    }
}

void DataTab::exploreMine()
{
    if (!isMine(m_source)) {
        return;
    }
    m_quietly = m_data && isMine(m_data->source) && m_pages->currentIndex() != States;
    if (m_digits->state() == MyDigits::State::Failed) {
        onFailed(m_digits->message());
        return;
    }
    std::vector<MyDigit> digits;
    m_mineIds.clear();
    for (const MyDigit& digit : m_digits->digits()) {
        if (digit.image) {
            digits.push_back(digit);
            m_mineIds.push_back(digit.id);
        }
    }
    if (digits.empty()) {
        m_explorer->cancel();
        if (m_digits->state() == MyDigits::State::Loading || !m_digits->digits().empty()) {
            m_states->showLoading(tr("My digits"));
        } else {
            m_states->showNoDigits();
        }
        showStates();
        return;
    }
    if (!m_quietly) {
        m_states->showLoading(tr("My digits"));
        showStates();
    }
    m_explorer->explore(m_source, [digits = std::move(digits)](const ReadingMonitor&) {
        return Result<LoadedData>(loadedFrom(digits));
    });
}

void DataTab::onExplored(const std::shared_ptr<const ExploredData>& explored)
{
    const bool same = m_data && m_data->source == explored->source;
    m_data = explored;
    const bool hasTest = explored->data.test.size() > 0;
    const bool hasTraining = explored->data.training.size() > 0;
    const bool test = hasTest && (!hasTraining || (same && m_test));
    m_halves->button(Training)->setEnabled(hasTraining);
    m_halves->button(Test)->setEnabled(hasTest);
    m_halves->button(test ? Test : Training)->setChecked(true);
    m_halves->button(Training)->setText(
        tr("Training %1").arg(countText(static_cast<qint64>(explored->data.training.size()))));
    m_halves->button(Test)->setText(
        tr("Test %1").arg(countText(static_cast<qint64>(explored->data.test.size()))));
    for (QAbstractButton* button : m_halves->buttons()) {
        button->setVisible(hasTest); // Where there is one half alone there is nothing to choose.
    }
    const QWidget* focused = focusWidget();
    const bool hadFocus = m_states->isAncestorOf(focused);
    showHalf(test, same);
    setUpEditing();
    showData();
    if (hadFocus && isVisible()) {
        focusData();
    }
    remember();
    previewSplit();
}

void DataTab::onFailed(const QString& problem)
{
    m_states->showFailed(isMine(m_source) ? tr("My digits") : tr("“%1”").arg(sourceName(m_source)), problem);
    showStates();
}

/// Back to what was shown before, if anything was.
void DataTab::onCancelled()
{
    if (m_data) {
        m_source = m_data->source;
        m_bar->setSource(m_source);
        showData();
    } else {
        m_states->showStart();
        showStates();
    }
}

void DataTab::setUpEditing()
{
    const QString part = m_source.parts.value(0);
    QString whyNot = tr("Labels can be changed in My digits and in ink collections (.jsonl).");
    if (isMine(m_source)) {
        m_editor->editMine(m_mineIds);
        whyNot.clear();
    } else if (part.endsWith(u".jsonl")) {
        m_editor->editFile(part, std::shared_ptr<const DigitSet>(m_data, &m_data->data.training));
        whyNot = QFileInfo(part).isWritable() ? QString() : tr("The file of this collection is read-only.");
    } else {
        m_editor->close();
        if (part.endsWith(u".jsonl.gz")) {
            whyNot = tr("A compressed collection cannot be changed; unpack it (gunzip) and open that.");
        }
    }
    m_gallery->setEditable(whyNot);
    m_gallery->setUndo(m_editor->undoText());
}

void DataTab::showStates()
{
    m_switches->setVisible(false);
    m_pages->setCurrentIndex(States);
    m_bar->setReloadable(!m_explorer->busy());
}

void DataTab::showData()
{
    m_switches->setVisible(true);
    m_bar->setReloadable(true);
    showPage(m_page);
}

void DataTab::showPage(Page page)
{
    m_page = page;
    m_views->button(page)->setChecked(true);
    m_pages->setCurrentIndex(page);
}

void DataTab::showHalf(bool test, bool keepPlace)
{
    m_test = test;
    if (m_data) {
        m_overview->setData(*m_data, test);
        m_gallery->setData(m_data, test, keepPlace);
    }
}

void DataTab::setTrainingOptions(const RunOptions& options)
{
    const bool otherSplit = m_options.training != options.training;
    m_options = options;
    m_gallery->setAugmentation(options.data.augmentation);
    if (otherSplit && m_data) {
        m_overview->setSplitUnknown();
        m_optionsTimer.start();
    }
}

void DataTab::previewSplit()
{
    if (m_data) {
        m_overview->setSplitUnknown();
        m_explorer->previewSplit(m_data, m_options.training);
    }
}

void DataTab::onModel()
{
    m_explorer->cancelReading();
    m_gallery->setModel(m_recognizer->model());
}

void DataTab::focusData()
{
    switch (m_pages->currentIndex()) {
    case States:
        m_states->focusUsual();
        break;
    case Overview:
        m_overview->setFocus(Qt::OtherFocusReason);
        break;
    default:
        m_gallery->focusGallery();
    }
}

void DataTab::say(Tone tone, const QString& text, const QString& actionText, std::function<void()> action)
{
    m_message->say(tone, text, actionText, std::move(action));
}

void DataTab::remember()
{
    QSettings settings;
    settings.setValue(QStringLiteral("data/part"),
                      isMine(m_source) ? QStringLiteral("mine") : m_source.parts.value(0));
    settings.setValue(QStringLiteral("data/syntheticCount"),
                      static_cast<qulonglong>(m_source.syntheticCount));
    settings.setValue(QStringLiteral("data/syntheticSeed"), static_cast<qulonglong>(m_source.syntheticSeed));
}

/// What was looked at the last time, with the first showing and not before: it may take seconds.
void DataTab::restore()
{
    const QSettings settings;
    const QString part = settings.value(QStringLiteral("data/part")).toString();
    if (part.isEmpty()) {
        return;
    }
    DataSource source = m_bar->source();
    source.syntheticCount = static_cast<std::size_t>(
        settings.value(QStringLiteral("data/syntheticCount"), static_cast<qulonglong>(source.syntheticCount))
            .toULongLong());
    source.syntheticSeed =
        settings.value(QStringLiteral("data/syntheticSeed"), static_cast<qulonglong>(source.syntheticSeed))
            .toULongLong();
    source.parts = QStringList{part == u"mine" ? m_digits->path() : part};
    explore(source);
}

void DataTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!std::exchange(m_restored, true)) {
        restore();
    }
}

void DataTab::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        m_message->dismiss();
        return;
    }
    QWidget::keyPressEvent(event);
}

bool DataTab::looksLikeData(const QMimeData* mime)
{
    const QString path = firstLocalFile(mime);
    const auto ends = [&path](QLatin1String ending) { return path.endsWith(ending, Qt::CaseInsensitive); };
    return !path.isEmpty() && (QFileInfo(path).isDir() || ends(QLatin1String("-ubyte")) ||
                               ends(QLatin1String("-ubyte.gz")) || ends(QLatin1String(".csv")) ||
                               ends(QLatin1String(".csv.gz")) || ends(QLatin1String(".jsonl.gz")));
}

void DataTab::open(const QMimeData* mime)
{
    if (const QString path = firstLocalFile(mime); !path.isEmpty()) {
        open(path);
    }
}

void DataTab::dragEnterEvent(QDragEnterEvent* event)
{
    if (!firstLocalFile(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void DataTab::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    open(event->mimeData());
}

} // namespace digitpad
