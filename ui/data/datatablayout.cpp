// What the Data tab is made of, and who tells whom; what it does is in datatab.cpp and datatabactions.cpp.
#include "ui/data/collectioneditor.h"
#include "ui/data/datastates.h"
#include "ui/data/datatab.h"
#include "ui/data/gallerypage.h"
#include "ui/data/overviewpage.h"
#include "ui/data/sourcebar.h"
#include "ui/training/mnistpage.h"
#include "ui/widgets/floatingmessage.h"
#include "ui/widgets/flowlayout.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace digitpad {

QToolButton* DataTab::makeSwitch(QButtonGroup* group, int id, const char* name, const QString& text,
                                 const QString& tip)
{
    auto* button = new QToolButton(m_switches);
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setToolTip(tip);
    button->setCheckable(true);
    group->addButton(button, id);
    return button;
}

void DataTab::layOut()
{
    m_switches = new QWidget(this);
    m_halves = new QButtonGroup(m_switches);
    m_views = new QButtonGroup(m_switches);
    auto* switches = new QHBoxLayout(m_switches);
    switches->setContentsMargins(0, 0, 0, 0);
    switches->setSpacing(2);
    switches->addWidget(makeSwitch(m_halves, Training, "showTraining", tr("Training"),
                                   tr("The images to learn from and to validate with")));
    switches->addWidget(makeSwitch(m_halves, Test, "showTest", tr("Test"),
                                   tr("The images that are kept to measure with at the end")));
    switches->addSpacing(10);
    switches->addWidget(
        makeSwitch(m_views, Overview, "showOverview", tr("&Overview"), tr("What can be said of the data")));
    switches->addWidget(makeSwitch(m_views, Gallery, "showGallery", tr("Galler&y"), tr("All images")));
    m_halves->button(Training)->setChecked(true);
    m_views->button(Overview)->setChecked(true);
    connect(m_halves, &QButtonGroup::idClicked, this, [this](int id) { showHalf(id == Test, false); });
    connect(m_views, &QButtonGroup::idClicked, this, [this](int id) { showPage(static_cast<Page>(id)); });

    auto* head = new FlowLayout;
    head->setLastAtEnd(true);
    head->addWidget(m_bar);
    head->addWidget(m_switches);
    m_pages->addWidget(m_states);
    m_pages->addWidget(m_overview);
    m_pages->addWidget(m_gallery);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(10);
    layout->addLayout(head);
    layout->addWidget(m_pages, 1);
    m_message->setMargins(14, 48);
}

void DataTab::connectStates()
{
    connect(m_states, &DataStates::sourceRequested, this, [this](const QString& part) {
        DataSource source = m_bar->source();
        source.parts = QStringList{part.isEmpty() ? m_digits->path() : part};
        explore(source);
    });
    connect(m_states, &DataStates::fileRequested, m_bar, &SourceBar::chooseFile);
    connect(m_states, &DataStates::folderRequested, m_bar, &SourceBar::chooseFolder);
    connect(m_states, &DataStates::drawRequested, this, &DataTab::drawRequested);
    connect(m_states, &DataStates::againRequested, this, [this] { explore(m_source); });
    connect(m_states, &DataStates::cancelRequested, m_explorer, &DataExplorer::cancel);
    connect(m_states->mnistPage(), &MnistPage::changed, this, [this] {
        if (m_pages->currentIndex() == States && m_states->state() == DataStates::State::Mnist) {
            DataSource source = m_source;
            const QString part = m_states->mnistPage()->part();
            source.parts = QStringList{part.isEmpty() ? QStringLiteral("mnist") : part};
            if (!part.isEmpty()) {
                explore(source);
            }
        }
    });
}

void DataTab::connectExplorer()
{
    connect(m_explorer, &DataExplorer::progress, m_states, &DataStates::setProgress);
    connect(m_explorer, &DataExplorer::explored, this, &DataTab::onExplored);
    connect(m_explorer, &DataExplorer::failed, this, &DataTab::onFailed);
    connect(m_explorer, &DataExplorer::cancelled, this, &DataTab::onCancelled);
    connect(m_explorer, &DataExplorer::splitKnown, m_overview, &OverviewPage::setSplit);
    connect(m_explorer, &DataExplorer::readingProgress, this, [this](double part) {
        if (!m_exportStop) {
            m_gallery->showTask(tr("The model reads all images…"), part);
        }
    });
    connect(m_explorer, &DataExplorer::readingsKnown, this,
            [this](const std::shared_ptr<const SetReadings>& readings) {
                if (!m_exportStop) {
                    m_gallery->taskEnded();
                }
                m_gallery->setReadings(readings);
            });
    connect(m_explorer, &DataExplorer::readingFailed, this, [this](const QString& problem) {
        m_gallery->taskEnded();
        m_gallery->readingEnded();
        say(Tone::Error, problem);
    });
}

void DataTab::connectGallery()
{
    connect(m_overview, &OverviewPage::filterRequested, this, [this](int filter) {
        m_gallery->setFilter(filter);
        showPage(Gallery);
        m_gallery->focusGallery();
    });
    connect(m_gallery, &GalleryPage::padRequested, this, &DataTab::toPad);
    connect(m_gallery, &GalleryPage::copyRequested, this, &DataTab::copy);
    connect(m_gallery, &GalleryPage::exportPicturesRequested, this, &DataTab::chooseFolderForPictures);
    connect(m_gallery, &GalleryPage::exportIdxRequested, this, &DataTab::choosePairForIdx);
    connect(m_gallery, &GalleryPage::readingRequested, this, [this] {
        m_gallery->showTask(tr("The model reads all images…"), 0);
        m_explorer->read(m_data, m_recognizer->model());
    });
    connect(m_gallery, &GalleryPage::taskCancelled, this, &DataTab::cancelTask);
    connect(m_gallery, &GalleryPage::relabelRequested, this,
            [this](int digit) { m_editor->relabel(m_gallery->selectedSamples(), digit); });
    connect(m_gallery, &GalleryPage::excludeRequested, this,
            [this] { m_editor->exclude(m_gallery->selectedSamples()); });
    connect(m_gallery, &GalleryPage::undoRequested, m_editor, &CollectionEditor::undo);
}

void DataTab::connectEditor()
{
    connect(m_editor, &CollectionEditor::done, this, [this](const QString& what) {
        say(Tone::Success, what, tr("Undo"), [this] { m_editor->undo(); });
    });
    connect(m_editor, &CollectionEditor::failed, this,
            [this](const QString& problem) { say(Tone::Error, problem); });
    connect(m_editor, &CollectionEditor::undoChanged, this,
            [this] { m_gallery->setUndo(m_editor->undoText()); });
    connect(m_editor, &CollectionEditor::fileChanged, this, [this] {
        m_quietly = true;
        m_explorer->explore(m_source);
    });
}

} // namespace digitpad
