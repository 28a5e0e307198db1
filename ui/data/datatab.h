#pragma once

#include "core/data/mnist.h"
#include "core/data/mydigits.h"
#include "core/ink/drawing.h"
#include "core/learning/backgroundwork.h"
#include "core/learning/dataexplorer.h"
#include "core/learning/recognizer.h"
#include "core/learning/runoptions.h"
#include "ui/widgets/tones.h"

#include <QFuture>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>

class QButtonGroup;
class QMimeData;
class QStackedWidget;
class QToolButton;

namespace digitpad {

class CollectionEditor;
class DataStates;
class FloatingMessage;
class GalleryPage;
class OverviewPage;
class SourceBar;

/// What there is to learn from, before anything is learned: any source is read off the GUI thread, described,
/// and looked through image by image. GUI thread only.
class DataTab : public QWidget
{
    Q_OBJECT

public:
    /// `recognizer` and `digits` outlive the tab. Tests pass mirrors of their own for MNIST.
    DataTab(Recognizer* recognizer, MyDigits* digits,
            const QList<QUrl>& mirrors = MnistDownloader::publicMirrors(), QWidget* parent = nullptr);
    /// Ends what is being read or exported, and waits for that.
    ~DataTab() override;

    void explore(const DataSource& source);
    /// A file or folder.
    void open(const QString& path);
    /// Whether there is something in it that looks like data: a folder, a table, IDX.
    [[nodiscard]] static bool looksLikeData(const QMimeData* mime);
    void open(const QMimeData* mime);
    /// Null while nothing is shown.
    [[nodiscard]] std::shared_ptr<const ExploredData> exploredData() const { return m_data; }
    /// Those of the Training tab, for the split and for what varies.
    void setTrainingOptions(const RunOptions& options);
    /// Puts the keyboard's focus on what is shown.
    void focusData();
    void say(Tone tone, const QString& text, const QString& actionText = {},
             std::function<void()> action = {});

Q_SIGNALS:
    /// An image is to be put on the pad.
    void padRequested(const digitpad::PadContent& content);
    /// The same for one of My digits.
    void digitRequested(quint64 id);
    void drawRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    enum Half { Training, Test };
    enum Page { States, Overview, Gallery };

    // datatablayout.cpp
    void layOut();
    QToolButton* makeSwitch(QButtonGroup* group, int id, const char* name, const QString& text,
                            const QString& tip);
    void connectStates();
    void connectExplorer();
    void connectGallery();
    void connectEditor();

    void restore();
    void remember();
    [[nodiscard]] bool isMine(const DataSource& source) const;
    void exploreMine();
    void onMineChanged();
    void onExplored(const std::shared_ptr<const ExploredData>& data);
    void onFailed(const QString& problem);
    void onCancelled();
    void setUpEditing();
    void showStates();
    void showData();
    void showPage(Page page);
    void showHalf(bool test, bool keepPlace);
    void previewSplit();
    void onModel();

    // datatabactions.cpp
    void toPad(std::size_t sample);
    void copy(std::size_t sample);
    [[nodiscard]] std::vector<std::size_t> samplesToExport() const;
    void chooseFolderForPictures();
    void choosePairForIdx();
    void exportPictures(const QString& folder);
    void exportIdx(const QString& path);
    void watch(QFuture<Result<QString>> written, std::size_t count);
    void onExported(const Result<QString>& result, std::size_t count);
    void cancelTask();

    MyDigits* m_digits;
    Recognizer* m_recognizer;
    DataExplorer* m_explorer;
    CollectionEditor* m_editor;
    RunOptions m_options;
    DataSource m_source; ///< What is shown, or being read.
    std::shared_ptr<const ExploredData> m_data;
    std::vector<quint64> m_mineIds; ///< Of the samples being explored.
    bool m_test = false;
    bool m_quietly = false; ///< What is shown stays while it is read again.
    bool m_restored = false;
    Page m_page = Overview;
    StopFlag m_exportStop; ///< Null while nothing is being exported.
    QFuture<void> m_export;
    QTimer m_mineTimer; ///< Several changes are counted once.
    QTimer m_optionsTimer;

    SourceBar* m_bar;
    QWidget* m_switches = nullptr;
    QButtonGroup* m_halves = nullptr;
    QButtonGroup* m_views = nullptr;
    QStackedWidget* m_pages;
    DataStates* m_states;
    OverviewPage* m_overview;
    GalleryPage* m_gallery;
    FloatingMessage* m_message;
};

} // namespace digitpad
