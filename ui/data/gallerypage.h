#pragma once

#include "core/learning/dataexplorer.h"
#include "ui/data/dataitems.h"
#include "ui/gallery/pageactions.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QAction;
class QComboBox;
class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace digitpad {

class ImageGallery;
class SamplePane;

/// All images of the data, to look through: filtered, sorted, enlarged, and handed on. What is done with them
/// is the tab's. GUI thread only.
class GalleryPage : public QWidget
{
    Q_OBJECT

public:
    explicit GalleryPage(QWidget* parent = nullptr);
    ~GalleryPage() override;

    /// Null for nothing. Where `keepPlace`, the same image stays current, if it is still there.
    void setData(std::shared_ptr<const ExploredData> explored, bool test, bool keepPlace);
    void setAugmentation(const std::optional<AugmentationOptions>& options);
    /// Null while there is no model to read with.
    void setModel(std::shared_ptr<const Model> model);
    void setReadings(std::shared_ptr<const SetReadings> readings);
    /// Something that takes long goes on: in the foot, with a way out. `part` is 0 to 1.
    void showTask(const QString& text, double part);
    void taskEnded();
    /// The readings that were asked for do not come: back to what does without them.
    void readingEnded();
    /// Empty where labels can be changed and images excluded; otherwise why not.
    void setEditable(const QString& whyNot);
    void setUndo(const QString& what);

    /// A label, or one of DataItems::Filter.
    void setFilter(int filter);
    void focusGallery();
    [[nodiscard]] DataItems* items() const { return m_items; }
    [[nodiscard]] ImageGallery* gallery() const { return m_gallery; }
    /// Places in the set, ascending.
    [[nodiscard]] std::vector<std::size_t> selectedSamples() const;

Q_SIGNALS:
    void padRequested(std::size_t sample);
    void copyRequested(std::size_t sample);
    void exportPicturesRequested();
    void exportIdxRequested();
    void relabelRequested(int digit);
    void excludeRequested();
    void undoRequested();
    /// Readings are wanted and not there.
    void readingRequested();
    void taskCancelled();

private:
    // gallerypagelayout.cpp
    void makeActions();
    QWidget* makeHead();
    QWidget* makeFoot();
    void connectParts();

    void fillFilters();
    void fillOrders();
    void applyOrder();
    void jump();
    void onSelection();
    void openLarge(int row);
    void showMenu(QPoint place);
    /// Asks for readings where filter or order needs them.
    void askForReadings();

    std::shared_ptr<const ExploredData> m_data;
    std::shared_ptr<const Model> m_model;
    bool m_readingsKnown = false;
    bool m_readingsAsked = false;
    bool m_editable = false;

    DataItems* m_items;
    ImageGallery* m_gallery;
    SamplePane* m_pane = nullptr;
    QComboBox* m_filter = nullptr;
    QComboBox* m_order = nullptr;
    QToolButton* m_descending = nullptr;
    QSpinBox* m_index = nullptr;
    QLabel* m_count = nullptr;
    QLabel* m_taskText = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_cancelTask = nullptr;
    QToolButton* m_smaller = nullptr;
    QToolButton* m_larger = nullptr;
    QMenu* m_exportMenu = nullptr;
    QAction* m_open = nullptr;
    QAction* m_pad = nullptr;
    QAction* m_copy = nullptr;
    QAction* m_export = nullptr;
    RelabelActions m_relabel;
    QAction* m_exclude = nullptr;
    QAction* m_undo = nullptr;
};

} // namespace digitpad
